package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// module is the folder of the module that is written for.
const module = "../.."

func TestAViewThatIsWrittenCompilesAndPassesItsTests(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles")
	}
	written := scaffolded(t, "view", "customer", "scaffolded")
	overlay := overlaid(t, written)
	binary := filepath.Join(t.TempDir(), "written.test")
	execute(t, module, "go", "test", "-c", "-vet=off", "-o", binary, "-overlay", overlay, "tiffin/bff/customer/scaffolded")
	execute(t, written, binary)
}

// That a service compiles and passes its tests needs what is generated: tools/ci/scaffold.sh shows it.
func TestAServiceIsWrittenWhereServicesAre(t *testing.T) {
	written := scaffolded(t, "service", "voucher")
	for _, place := range []string{
		"proto/tiffin/voucher/v1/events.proto", "proto/tiffin/voucher/v1/service.proto", "services/voucher/doc.go", "services/voucher/voucher_test.go",
		"services/voucher/server/service.go", "services/voucher/cmd/voucher/main.go",
	} {
		if _, err := os.Stat(filepath.Join(written, place)); err != nil {
			t.Error(err)
		}
	}
}

// scaffolded writes to an empty folder, twice: the second time must be refused, and change nothing.
func scaffolded(t *testing.T, args ...string) string {
	t.Helper()
	written, err := filepath.Abs(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if err := run(written, &said, args); err != nil {
		t.Fatal(err)
	}
	if name := args[len(args)-1]; !strings.Contains(said.String(), name) {
		t.Errorf("it does not say what is left to do with %s: %s", name, said.String())
	}
	if err := run(written, io.Discard, args); err == nil {
		t.Fatal("it wrote over what was there")
	}
	return written
}

func TestAWrongNameIsRefused(t *testing.T) {
	for _, args := range [][]string{
		nil, {"view", "customer"}, {"view", "customer", ""}, {"view", "../x", "y"}, {"view", "customer", "Y"}, {"view", "customer", "view"},
		{"service"}, {"service", "two-words"}, {"service", "type"}, {"service", "string"}, {"service", "server"}, {"service", "a", "b"}, {"thing", "a"},
	} {
		written := t.TempDir()
		if err := run(written, io.Discard, args); err == nil {
			t.Errorf("%q was taken", args)
		}
		if left, err := os.ReadDir(written); err != nil || len(left) > 0 {
			t.Errorf("%q left something behind: %v", args, err)
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
	err = filepath.WalkDir(written, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		path, err := filepath.Rel(written, file)
		replace[filepath.Join(root, path)] = file
		return err
	})
	if err != nil || len(replace) == 0 {
		t.Fatal("nothing was written", err)
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

func execute(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Dir = dir
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, said)
	}
}
