// Package run starts and stops a process: settings from the environment, listeners, directories of its own, parts that stop in
// the reverse of the order in which they started, health for whoever watches. Its callers own what the parts do and say when a
// view is ready. It does not restart what failed: one part's failure ends the process, cleanly, and the next start replays.
package run
