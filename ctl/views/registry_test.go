package views

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

var declaration = regexp.MustCompile(`(?m)^func Spec\(\) view\.Spec\[`)

func TestEveryViewOfEveryBFFIsKnown(t *testing.T) {
	files, err := filepath.Glob("../../bff/*/*/*.go")
	require.NoError(t, err)
	declared := map[string]int{} // by the audience
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if declaration.Match(text) {
			declared[filepath.Base(filepath.Dir(filepath.Dir(file)))]++
		}
	}
	known, names := map[string]int{}, map[string]bool{}
	for _, k := range all() {
		known[k.bff]++
		names[k.String()] = true
	}
	require.NotEmpty(t, declared)
	require.Equal(t, declared, known)
	require.Len(t, names, len(all()), "no two bear the same name")
	_, err = named([]string{"customer.oders"})
	require.ErrorContains(t, err, "customer.orders")
}
