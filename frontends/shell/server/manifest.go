package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// manifest is dist/mfe.json, as frontends/build/mfe.mjs writes it.
type manifest struct {
	Name      string            `json:"name"`
	Imports   map[string]string `json:"imports"`
	Integrity map[string]string `json:"integrity"`
	CSS       []string          `json:"css"`
	Preload   []string          `json:"preload"`
	Fonts     []string          `json:"fonts"`
	Loader    string            `json:"loader"`
	Roots     map[string]string `json:"roots"`
	App       json.RawMessage   `json:"app"`
}

// app is what the server itself reads of a manifest's app; the shell gets all of it.
type app struct {
	Name   string   `json:"name"`
	Module string   `json:"module"`
	Routes []string `json:"routes"`
}

// site is everything that one page says: all manifests merged.
type site struct {
	imports   map[string]string
	integrity map[string]string
	css       []string
	preload   []string
	fonts     []string
	loader    string
	roots     map[string]string
	apps      []map[string]any
	routes    []app
}

// required are the packages without which there is no page at all; micro frontends may be missing.
var required = []string{"vendor", "kit", "shell"}

// HowToBuild is part of every error about a missing build.
const HowToBuild = "run `npm ci && npm run build` in frontends/"

func readSite(files fs.FS) (*site, error) {
	for _, name := range required {
		if _, err := fs.Stat(files, manifestOf(name)); err != nil {
			return nil, fmt.Errorf("the frontends are not built: no %s: %s", manifestOf(name), HowToBuild)
		}
	}
	found, err := fs.Glob(files, manifestOf("*"))
	if err != nil {
		return nil, fmt.Errorf("look for manifests: %w", err)
	}
	s := &site{imports: map[string]string{}, integrity: map[string]string{}, roots: map[string]string{}, apps: []map[string]any{}}
	// The kit's styles come first, then the shell's, whatever order the folders are in.
	slices.SortStableFunc(found, func(a, b string) int { return rank(a) - rank(b) })
	for _, file := range found {
		if err := s.add(files, file); err != nil {
			return nil, fmt.Errorf("%s: %w: %s", file, err, HowToBuild)
		}
	}
	if s.loader == "" {
		return nil, fmt.Errorf("the shell's manifest names no loader: %s", HowToBuild)
	}
	return s, nil
}

func manifestOf(name string) string { return path.Join(name, "dist", "mfe.json") }

func rank(file string) int {
	for i, name := range required {
		if file == manifestOf(name) {
			return i
		}
	}
	return len(required)
}

func (s *site) add(files fs.FS, file string) error {
	body, err := fs.ReadFile(files, file)
	if err != nil {
		return err
	}
	var m manifest
	if err := json.Unmarshal(body, &m); err != nil {
		return err
	}
	folder := path.Dir(path.Dir(file))
	if m.Name != folder {
		return fmt.Errorf("it names %q, but its folder is %q", m.Name, folder)
	}
	for specifier, url := range m.Imports {
		if other, taken := s.imports[specifier]; taken {
			return fmt.Errorf("it provides %q, which %s provides already", specifier, other)
		}
		s.imports[specifier] = url
	}
	maps.Copy(s.integrity, m.Integrity)
	s.css = append(s.css, m.CSS...)
	s.preload = append(s.preload, m.Preload...)
	s.fonts = append(s.fonts, m.Fonts...)
	for url, name := range m.Roots {
		s.roots[url] = path.Join(folder, "dist", name)
	}
	if m.Loader != "" {
		s.loader = m.Loader
	}
	if m.App == nil {
		return nil
	}
	return s.addApp(m)
}

func (s *site) addApp(m manifest) error {
	known, all := app{}, map[string]any{}
	if err := errors.Join(json.Unmarshal(m.App, &known), json.Unmarshal(m.App, &all)); err != nil {
		return fmt.Errorf("its app: %w", err)
	}
	if known.Module == "" || len(known.Routes) == 0 {
		return errors.New("its app has no module or no routes")
	}
	known.Name = m.Name
	all["name"] = m.Name
	s.routes = append(s.routes, known)
	s.apps = append(s.apps, all)
	return nil
}

// appAt returns the app that owns a path.
func (s *site) appAt(name string) (app, bool) {
	for _, a := range s.routes {
		if slices.ContainsFunc(a.Routes, func(route string) bool { return matches(route, name) }) {
			return a, true
		}
	}
	return app{}, false
}
