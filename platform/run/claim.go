package run

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ClaimDir makes the directory that a setting names if need be, and keeps it for this process until release is called or the
// process ends, however it ends: two that write the same files would ruin them. It reports now rather than at the first write
// that the directory can't be written to, or is another's. It does not keep away who doesn't ask.
func ClaimDir(setting, path string) (release func() error, err error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("%s: can't make %s: %w", setting, path, reason(err))
	}
	probe, err := os.CreateTemp(path, ".writable-*")
	if err != nil {
		return nil, fmt.Errorf("%s: can't write to %s: %w", setting, path, reason(err))
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return nil, fmt.Errorf("%s: can't write to %s: %w", setting, filepath.Clean(path), reason(err))
	}
	lock := flock.New(filepath.Join(path, ".lock"), flock.SetPermissions(0o600))
	free, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("%s: can't lock %s: %w", setting, path, reason(err))
	}
	if !free {
		return nil, fmt.Errorf("%s: %s is in use by another process: stop it, or choose another directory", setting, path)
	}
	return lock.Close, nil
}
