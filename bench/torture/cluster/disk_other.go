//go:build !linux

package cluster

import "errors"

var errNoDisks = errors.New("small disks are mounted on Linux only")

func mount(string, int64) error { return errNoDisks }

func unmount(string) error { return errNoDisks }

func full(error) bool { return false }
