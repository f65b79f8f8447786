package runtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tiffin/platform/run/overlay"
)

// built is where Main has put the programs.
var built string

// Build is what is built at once.
type Build struct {
	// Packages of programs, each named after its package's folder. Of two folders of the same name, one is given as name=package.
	Packages []string
	// Overlay has what stands in files instead, by their paths from the module's root: for programs of another version.
	Overlay map[string]string
}

// Main builds the programs of those packages and runs the tests. It is all that a TestMain needs, and doesn't return.
func Main(m *testing.M, packages ...string) { MainOf(m, Build{Packages: packages}) }

// MainOf is Main for several builds.
func MainOf(m *testing.M, builds ...Build) {
	code, err := buildAndRun(m, builds)
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "build the programs to test:", err) // there is nowhere else to say it
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M, builds []Build) (code int, err error) {
	if built, err = os.MkdirTemp("", "programs-*"); err != nil {
		return 1, err
	}
	// What is left of it is the system's.
	defer func() { _ = os.RemoveAll(built) }()
	for _, b := range builds {
		if err := b.run(); err != nil {
			return 1, err
		}
	}
	return m.Run(), nil
}

func (b Build) run() error {
	list, err := b.overlay()
	if err != nil {
		return err
	}
	var plain []string
	for _, given := range b.Packages {
		name, named, ok := strings.Cut(given, "=")
		if !ok {
			plain = append(plain, given)
			continue
		}
		if err := build(filepath.Join(built, name), list, named); err != nil {
			return err
		}
	}
	if len(plain) == 0 {
		return nil
	}
	return build(built+string(filepath.Separator), list, plain...)
}

// overlay writes what stands in files instead, and returns the name of the file that says so to the compiler; empty: there is none.
func (b Build) overlay() (string, error) {
	if len(b.Overlay) == 0 {
		return "", nil
	}
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(built, "overlay-*")
	if err != nil {
		return "", err
	}
	return overlay.Write(dir, strings.TrimSpace(string(module)), b.Overlay)
}

// build leaves out what only a debugger reads, to link sooner.
func build(to, list string, packages ...string) error {
	command := exec.Command("go", append([]string{"build", "-ldflags=-w", "-overlay=" + list, "-o", to}, packages...)...)
	command.Stderr = os.Stderr
	return command.Run()
}
