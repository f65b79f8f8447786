package runtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// built is where Main has put the programs.
var built string

// Main builds the programs of those packages, each named after its package's folder, and runs the tests. It is all that a
// TestMain needs, and doesn't return.
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
	args := append([]string{"build", "-o", built + string(filepath.Separator)}, packages...)
	build := exec.Command("go", args...)
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return 1, err
	}
	return m.Run(), nil
}
