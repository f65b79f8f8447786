package cluster

import "syscall"

// attached ties a process to ours: it is killed when we end, however we do. A group of its own keeps from it the interrupt of a
// terminal, which is ours to pass on.
func attached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
