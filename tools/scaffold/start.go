package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// The templates of each kind lie where what they write goes, with NAME and AUDIENCE in place of the names.
//
//go:embed view service
var templates embed.FS

const nextSteps = "NEXT.tmpl"

// start is what is to be written.
type start struct {
	n names
	// files are templates by the path that they are written to.
	files map[string]*template.Template
	// next says what is left to do.
	next *template.Template
	// folders are wholly its own, and so must not be there yet.
	folders map[string]bool
}

func newStart(kind string, n names) (start, error) {
	s := start{n: n, files: map[string]*template.Template{}, folders: map[string]bool{}}
	return s, fs.WalkDir(templates, kind, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		t, err := template.New(path).Option("missingkey=error").ParseFS(templates, path)
		if err != nil {
			return err
		}
		t = t.Lookup(entry.Name())
		if entry.Name() == nextSteps {
			s.next = t
			return nil
		}
		place := strings.TrimSuffix(strings.TrimPrefix(path, kind+"/"), ".tmpl")
		if before, _, ok := strings.Cut(place, "/NAME/"); ok {
			s.folders[n.in(before+"/NAME")] = true
		}
		s.files[n.in(place)] = t
		return nil
	})
}

// in puts the names into a path.
func (n names) in(path string) string {
	return filepath.FromSlash(strings.NewReplacer("NAME", n.Name, "AUDIENCE", n.Audience).Replace(path))
}

func (s start) write(root string) error {
	for folder := range s.folders {
		if _, err := os.Lstat(filepath.Join(root, folder)); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is there already", folder)
		}
	}
	for place, t := range s.files {
		if err := writeFile(filepath.Join(root, place), t, s.n); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path string, t *template.Template, n names) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fs.FileMode(0o644))
	if err != nil {
		return err
	}
	return errors.Join(t.Execute(file, n), file.Close())
}
