package cluster

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// keeperVariable has this program keep a process, instead of running tests, so that it can be killed.
const keeperVariable = "TIFFIN_TEST_KEEPER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(keeperVariable); dir != "" {
		keeper(dir)
		return
	}
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/hashicorp/golang-lru/v2/expirable.NewLRU[...].func1"))
}

func keeper(dir string) {
	p, err := newProcess("kept", "/bin/sh", []string{"-c", "echo $$ > pid; exec sleep 600"}, nil, dir, filepath.Join(dir, "log"))
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p.keep(ctx)
	fmt.Println("nobody killed the keeper")
}
