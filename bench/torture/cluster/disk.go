package cluster

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Disk is a small one that can be filled.
type Disk struct{ dir string }

// diskSize leaves room for all that a run writes, and for the reserve that is kept of it.
const diskSize = 256 << 20

// disk makes the directory that a process writes to, on a small disk of its own where the system lets us have one.
func (c *Cluster) disk(name string) (string, error) {
	dir := filepath.Join(c.o.Dir, "disks", name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	if c.NoDisks != "" {
		return dir, nil
	}
	if err := mount(dir, diskSize); err != nil {
		c.NoDisks = err.Error()
		return dir, nil
	}
	c.Disks[name] = &Disk{dir}
	return dir, nil
}

// left takes away the disks of a run that was killed.
func left(dir string) {
	all, _ := filepath.Glob(filepath.Join(dir, "disks", "*")) // the pattern is ours, and good
	for _, one := range all {
		_ = unmount(one) // most are no disks
	}
}

func (d *Disk) filler() string { return filepath.Join(d.dir, ".filled") }

// Fill fills the disk to its last byte.
func (d *Disk) Fill() (err error) {
	f, err := os.OpenFile(d.filler(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("fill a disk: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for piece := make([]byte, 1<<20); len(piece) > 0; {
		n, err := f.Write(piece)
		switch {
		case err == nil:
		case full(err) && n > 0:
		case full(err):
			piece = piece[:len(piece)/2] // what is left may be less
		default:
			return fmt.Errorf("fill a disk: %w", err)
		}
	}
	return nil
}

// Empty makes room again.
func (d *Disk) Empty() error { return os.Remove(d.filler()) }

func (d *Disk) close() error { return unmount(d.dir) }
