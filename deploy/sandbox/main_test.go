package sandbox_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"tiffin/deploy/sandbox"
)

// childDir makes this test binary a processor with its file there, to be killed as a process.
const childDir = "TIFFIN_TEST_SANDBOX_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		s, err := sandbox.Start(context.Background(), sandbox.Options{DataDir: dir, APIKey: "key"})
		if err != nil {
			panic(err)
		}
		fmt.Println(s.URL())
		if err := s.Wait(); err != nil {
			panic(err)
		}
		return
	}
	goleak.VerifyTestMain(m)
}
