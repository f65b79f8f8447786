// Command scaffold writes the start of something that is added often. What it writes compiles, and its test passes; from there
// on it belongs to whoever asked for it. It overwrites nothing.
package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
)

//go:embed view
var templates embed.FS

// names are what the templates may say.
type names struct{ Audience, Name string }

var nameRule = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

func main() {
	if err := view("..", os.Args[1:]); err != nil { // started in tools/, the folder of its own module
		_, _ = fmt.Fprintln(os.Stderr, "scaffold:", err) // there is nowhere else to say it
		os.Exit(1)
	}
}

// view writes a view of a BFF below root, the folder of the module that it is for.
func view(root string, args []string) error {
	if len(args) != 3 || args[0] != "view" {
		return errors.New("usage: scaffold view <audience> <name>")
	}
	n := names{Audience: args[1], Name: args[2]}
	for _, name := range args[1:] {
		if !nameRule.MatchString(name) {
			return fmt.Errorf("%q is no name for a package: it must match %s", name, nameRule)
		}
	}
	folder := filepath.Join(root, "bff", n.Audience, n.Name)
	if err := os.MkdirAll(filepath.Dir(folder), 0o750); err != nil {
		return err
	}
	if err := os.Mkdir(folder, 0o750); err != nil { // refuses one that is there
		return err
	}
	all, err := template.ParseFS(templates, "view/*.tmpl")
	if err != nil {
		return err
	}
	for _, t := range all.Templates() {
		if err := write(filepath.Join(folder, strings.TrimSuffix(t.Name(), ".tmpl")), t, n); err != nil {
			return err
		}
	}
	return nil
}

func write(path string, t *template.Template, n names) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fs.FileMode(0o644))
	if err != nil {
		return err
	}
	return errors.Join(t.Execute(file, n), file.Close())
}
