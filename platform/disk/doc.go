// Package disk knows whether a directory's disk has room left, before a write finds out that it hasn't.
// It owns looking, every second, and keeping some of the disk in reserve; callers own what they no longer write then.
// It can't keep others from filling the disk to the last byte: what the reserve is for then fails as well.
package disk
