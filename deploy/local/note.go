package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// note is what the data directory remembers of the demo city.
type note struct {
	// Started is when the city was founded. Its ids follow from it, so that a seeding that was broken off is continued and
	// not begun anew.
	Started time.Time `json:"started"`
	// Couriers is how many it was founded with.
	Couriers int `json:"couriers"`
	// Late are those, by name, who could not join before their ids were too old for it, and when they got others.
	Late map[string]time.Time `json:"late,omitempty"`
	// Seeded is set when every command was accepted.
	Seeded *witness `json:"seeded,omitempty"`
}

// witness is an event that stood in the log when the city was complete: a log that holds it holds the city, and another log
// doesn't hold it.
type witness struct {
	Position uint64 `json:"position"`
	EventID  string `json:"event_id"`
}

func notePath(dataDir string) string { return filepath.Join(dataDir, "city.json") }

// readNote returns the zero note where there is none.
func readNote(dataDir string) (note, error) {
	path, n := notePath(dataDir), note{}
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return n, nil
	case err != nil:
		return n, err
	}
	if err := json.Unmarshal(data, &n); err != nil {
		return n, fmt.Errorf("%s: %w", path, err)
	}
	return n, nil
}

// write replaces the note; a crash leaves the old one or the new one.
func (n note) write(dataDir string) error {
	data, err := json.Marshal(n)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(dataDir, ".city-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }() // gone already if all went well
	_, err = file.Write(data)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), notePath(dataDir))
}
