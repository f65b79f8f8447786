package cluster

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// mount puts an empty disk of that size, in memory, at the directory. It needs root.
func mount(dir string, size int64) error {
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_NODEV|unix.MS_NOSUID|unix.MS_NOEXEC, fmt.Sprintf("size=%d,mode=0700", size)); err != nil {
		return fmt.Errorf("no small disk can be mounted: %w", err)
	}
	return nil
}

// unmount takes it away, and what is on it, however busy it is.
func unmount(dir string) error { return unix.Unmount(dir, unix.MNT_DETACH) }

func full(err error) bool { return errors.Is(err, unix.ENOSPC) }
