package mutants

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"tiffin/platform/run/overlay"
)

// Mutant is a bug.
type Mutant struct {
	// Name of the bug, in words that are a file's name, too.
	Name string
	// What is wrong.
	What  string
	Edits []Edit
	// Rules of check of which one must be seen to be broken.
	Rules []string
	// Kills is how often the system is killed while people order.
	Kills int
	// Forgets: what the views had is lost by each kill, and they are built anew.
	Forgets bool
}

// Edit replaces what stands in a file once.
type Edit struct{ File, Old, New string }

// mutate returns the mutated files, by their paths below the repository's top.
func (m Mutant) mutate(top string) (map[string]string, error) {
	files := map[string]string{}
	for _, e := range m.Edits {
		text, known := files[e.File]
		if !known {
			source, err := os.ReadFile(filepath.Join(top, e.File))
			if err != nil {
				return nil, fmt.Errorf("mutant %s: %w", m.Name, err)
			}
			text = string(source)
		}
		if n := strings.Count(text, e.Old); n != 1 {
			return nil, fmt.Errorf("mutant %s: %s has changed: what is to be replaced stands there %d times, and not once:\n%s",
				m.Name, e.File, n, e.Old)
		}
		files[e.File] = strings.Replace(text, e.Old, e.New, 1)
	}
	return files, nil
}

// overlay writes the mutated files into a folder, and the list of them that go build takes.
func (m Mutant) overlay(top, folder string) (list string, err error) {
	files, err := m.mutate(top)
	if err != nil {
		return "", err
	}
	return overlay.Write(folder, top, files)
}
