package mongolite_test

import (
	"testing"

	"go.uber.org/goleak"

	"tiffin/platform/mongolite/mongotest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestSuite runs against mongolite, or against TIFFIN_TEST_MONGODB_URI.
func TestSuite(t *testing.T) { mongotest.Suite(t, mongotest.URI(t)) }
