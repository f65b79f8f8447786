// Command tiffinctl looks after a cell from the command line.
package main

import (
	"context"
	"os"

	"tiffin/ctl"
	"tiffin/platform/run"
)

func main() {
	run.Main(func(ctx context.Context) error { return ctl.New(os.Environ()).ExecuteContext(ctx) })
}
