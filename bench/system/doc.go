// Package system runs the built Tiffin as a process of its own, and speaks to it as its clients do: over loopback HTTP.
// It owns starting, watching and stopping the process, and calls that refuse any answer but a good one; its callers own what
// they ask. It needs /proc to see how much memory and processor time the process takes, so it runs on Linux only.
package system
