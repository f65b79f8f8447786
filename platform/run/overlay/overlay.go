package overlay

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// Write writes the texts into a folder that is there, and returns the file to be given to go build -overlay. The texts are named
// by the paths of the files that they replace, below the folder top.
func Write(folder, top string, texts map[string]string) (list string, err error) {
	replace := map[string]string{}
	for path, text := range texts {
		instead := filepath.Join(folder, strings.ReplaceAll(path, "/", "_"))
		if err := os.WriteFile(instead, []byte(text), 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(top, path)] = instead
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	list = filepath.Join(folder, "overlay.json")
	return list, os.WriteFile(list, data, 0o600)
}
