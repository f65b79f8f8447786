package cell

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// addressFile is where, in the data directory, a process says where the servers that it embeds listen. It has the form of
// settings, so that a shell can read it, too.
const addressFile = "addresses.env"

// Addresses are where the servers that a process embeds listen; empty: it embeds none of that kind.
type Addresses struct{ NATSURL, MongoDBURI string }

// FindAddresses returns what the process that uses the data directory embeds; nothing, where none runs. A process that was
// killed leaves addresses at which nobody answers.
func FindAddresses(dataDir string) (Addresses, error) {
	text, err := os.ReadFile(filepath.Join(dataDir, addressFile))
	if errors.Is(err, fs.ErrNotExist) {
		return Addresses{}, nil
	}
	if err != nil {
		return Addresses{}, fmt.Errorf("addresses of embedded servers: %w", err)
	}
	var a Addresses
	for line := range strings.Lines(string(text)) {
		switch name, value, _ := strings.Cut(strings.TrimSpace(line), "="); name {
		case natsURL:
			a.NATSURL = value
		case mongoDBURI:
			a.MongoDBURI = value
		}
	}
	return a, nil
}

// tell writes the addresses down, all at once, and returns what takes them back.
func (a Addresses) tell(dir string) (takeBack func() error, err error) {
	path := filepath.Join(dir, addressFile)
	var text strings.Builder
	for _, line := range [...]struct{ name, value string }{{natsURL, a.NATSURL}, {mongoDBURI, a.MongoDBURI}} {
		if line.value != "" {
			text.WriteString(line.name + "=" + line.value + "\n")
		}
	}
	written := path + ".new"
	if err := os.WriteFile(written, []byte(text.String()), 0o600); err != nil {
		return nil, fmt.Errorf("%s: %w", dataDir, err)
	}
	if err := os.Rename(written, path); err != nil {
		return nil, fmt.Errorf("%s: %w", dataDir, err)
	}
	return func() error {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}, nil
}
