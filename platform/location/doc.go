// Package location tells where couriers are: fast data, published on core NATS and kept as each one's last value in memory.
// It owns the subjects, the encoding and the last values; callers own who may publish for whom, and what a place means.
// It is no record: a place may be lost, arrives at most once, and is forgotten when the hub restarts or after an hour.
package location
