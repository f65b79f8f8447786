package sandbox

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// line is one line of the file: an operation, or the id of a webhook that was taken.
type line struct {
	Operation *entry `json:"operation,omitempty"`
	Delivered string `json:"delivered,omitempty"`
}

// journal is a file of lines that only grows. What was appended outlives a kill of the process; what was synced, a power cut.
type journal struct {
	mu      sync.Mutex
	file    *os.File
	written int64

	syncing sync.Mutex
	synced  int64
}

// openJournal reads the lines of the file, if there is one. A last line that was cut off was never acknowledged: it goes.
func openJournal(path string, read func(line)) (*journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j := &journal{file: file}
	if err := j.read(read); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), file.Close())
	}
	return j, nil
}

func (j *journal) read(each func(line)) error {
	in := bufio.NewReader(j.file)
	for {
		text, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			return fmt.Errorf("at byte %d: %w", j.written, err)
		}
		each(l)
		j.written += int64(len(text))
	}
	if err := j.file.Truncate(j.written); err != nil {
		return err
	}
	_, err := j.file.Seek(j.written, io.SeekStart)
	return err
}

// append writes a line and returns the mark to sync up to. After an error the file may end in half a line, so nothing more
// is appended.
func (j *journal) append(l line) (mark int64, err error) {
	text, err := json.Marshal(l)
	if err != nil {
		return 0, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	n, err := j.file.Write(append(text, '\n'))
	if err != nil {
		return 0, errors.Join(err, j.file.Close())
	}
	j.written += int64(n)
	return j.written, nil
}

// sync returns when everything up to the mark is on the disk. Those who wait at the same time share one sync.
func (j *journal) sync(mark int64) error {
	j.syncing.Lock()
	defer j.syncing.Unlock()
	if j.synced >= mark {
		return nil
	}
	j.mu.Lock()
	through := j.written
	j.mu.Unlock()
	if err := j.file.Sync(); err != nil {
		return err
	}
	j.synced = through
	return nil
}

func (j *journal) close() error { return j.file.Close() }
