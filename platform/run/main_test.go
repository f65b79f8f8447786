package run

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAFailureIsOneLine(t *testing.T) {
	var out bytes.Buffer
	require.Equal(t, 1, report(&out, errors.Join(errors.New("a"), errors.New("b"))))
	require.Equal(t, "tiffin: a b\n", out.String())
	require.Zero(t, report(&out, nil))
}
