//go:build !linux

package cluster

import "syscall"

// attached gives a process a group of its own. Elsewhere than on Linux it outlives us where we are killed.
func attached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
