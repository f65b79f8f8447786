// Package manifest is the list of what is in the lake: a stream of its own beside the log, to which every export is appended.
// It owns that one writer's export is appended at a time, under the guard of all before it, and that whoever asks is told of
// everything that was ever purged; callers own the files, and purge only what is on the list.
package manifest
