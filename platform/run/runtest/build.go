package runtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// built is where Main has put the programs.
var built string

// Main builds the programs of those packages, each named after its package's folder, and runs the tests. Of two folders of
// the same name, one is given as name=package. It is all that a TestMain needs, and doesn't return.
func Main(m *testing.M, packages ...string) {
	code, err := buildAndRun(m, packages)
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "build the programs to test:", err) // there is nowhere else to say it
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M, packages []string) (code int, err error) {
	if built, err = os.MkdirTemp("", "programs-*"); err != nil {
		return 1, err
	}
	// What is left of it is the system's.
	defer func() { _ = os.RemoveAll(built) }()
	var plain []string
	for _, given := range packages {
		name, named, ok := strings.Cut(given, "=")
		if !ok {
			plain = append(plain, given)
			continue
		}
		if err := build(filepath.Join(built, name), named); err != nil {
			return 1, err
		}
	}
	if err := build(built+string(filepath.Separator), plain...); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// build leaves out what only a debugger reads, to link sooner.
func build(to string, packages ...string) error {
	command := exec.Command("go", append([]string{"build", "-ldflags=-w", "-o", to}, packages...)...)
	command.Stderr = os.Stderr
	return command.Run()
}
