package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// module is the folder of the module that is written for.
const module = "../.."

func TestAViewThatIsWrittenCompilesAndPassesItsTests(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles")
	}
	written, err := filepath.Abs(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := view(written, []string{"view", "customer", "scaffolded"}); err != nil {
		t.Fatal(err)
	}
	if err := view(written, []string{"view", "customer", "scaffolded"}); err == nil {
		t.Fatal("it wrote over what was there")
	}
	overlay := overlaid(t, written)
	binary := filepath.Join(t.TempDir(), "written.test")
	run(t, module, "go", "test", "-c", "-vet=off", "-o", binary, "-overlay", overlay, "tiffin/bff/customer/scaffolded")
	run(t, written, binary)
}

func TestAWrongNameIsRefused(t *testing.T) {
	for _, args := range [][]string{nil, {"view", "customer"}, {"view", "customer", ""}, {"view", "../x", "y"}, {"view", "customer", "Y"}} {
		if err := view(t.TempDir(), args); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
}

// overlaid lets the go command see what was written as if it stood in the module.
func overlaid(t *testing.T, written string) string {
	t.Helper()
	root, err := filepath.Abs(module)
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{}
	files, err := filepath.Glob(filepath.Join(written, "bff", "*", "*", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal("nothing was written", err)
	}
	for _, file := range files {
		path, err := filepath.Rel(written, file)
		if err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(root, path)] = file
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(overlay, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return overlay
}

func run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Dir = dir
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, said)
	}
}
