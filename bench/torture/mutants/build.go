package mutants

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// build builds the system with the bug, and returns where it is.
func (m Mutant) build(ctx context.Context, folder string) (string, error) {
	top, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o750)); err != nil {
		return "", err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", err
	}
	list, err := m.overlay(top, folder)
	if err != nil {
		return "", err
	}
	binary := filepath.Join(folder, "tiffin-local")
	compile := exec.CommandContext(ctx, "go", "build", "-overlay", list, "-o", binary, "./deploy/local") //nolint:gosec // both paths are ours
	if said, err := compile.CombinedOutput(); err != nil {
		return "", fmt.Errorf("mutant %s can't be built: %w\n%s", m.Name, err, said)
	}
	return binary, nil
}
