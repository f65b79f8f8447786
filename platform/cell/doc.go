// Package cell opens what every process of one cell stands on: telemetry, the hub with its event log, the key of local
// identity, and the database of those that keep views. It owns the settings that lead there and the order of opening and
// closing; callers own what they do with it, and may embed the hub and the database where they are the cell's only process.
// It does not wait for a hub or a database that can't be reached: the process ends, saying which setting to look at.
package cell
