package mutants

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/bench/torture/check"
)

const top = "../../.."

func TestEveryMutantFitsTheSource(t *testing.T) {
	names := map[string]bool{}
	for _, m := range All() {
		require.False(t, names[m.Name], "two mutants are called %s", m.Name)
		names[m.Name] = true
		require.NotEmpty(t, m.Rules, "%s is to be found by something", m.Name)
		for _, rule := range m.Rules {
			require.Contains(t, check.Rules(), rule)
		}
		files, err := m.mutate(top)
		require.NoError(t, err)
		for path, text := range files {
			_, err := parser.ParseFile(token.NewFileSet(), path, text, parser.AllErrors)
			require.NoError(t, err, "%s breaks %s", m.Name, path)
			source, err := os.ReadFile(filepath.Join(top, path))
			require.NoError(t, err)
			require.NotEqual(t, string(source), text)
		}
	}
	require.GreaterOrEqual(t, len(names), 10)
}

func TestAMutantThatNoLongerFitsIsTold(t *testing.T) {
	m := Mutant{Name: "old", Edits: []Edit{{"go.mod", "this was never there", ""}}}
	_, err := m.mutate(top)
	require.ErrorContains(t, err, "mutant old: go.mod has changed")
	m.Edits[0].File = "no-such-file.go"
	_, err = m.mutate(top)
	require.ErrorContains(t, err, "no-such-file.go")
}

func TestAnOverlayNamesTheMutatedFiles(t *testing.T) {
	m := Mutant{Name: "two", Edits: []Edit{{"go.mod", "module tiffin\n", "module mutant\n"}, {"go.mod", "module mutant\n", "module again\n"}}}
	folder := t.TempDir()
	list, err := m.overlay("../../..", folder)
	require.NoError(t, err)
	data, err := os.ReadFile(list)
	require.NoError(t, err)
	var overlay struct{ Replace map[string]string }
	require.NoError(t, json.Unmarshal(data, &overlay))
	require.Len(t, overlay.Replace, 1)
	text, err := os.ReadFile(overlay.Replace[filepath.Join(top, "go.mod")])
	require.NoError(t, err)
	require.Contains(t, string(text), "module again\n")
}
