package run

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Main runs a program until it returns, and is all that a func main needs. SIGINT or SIGTERM ends its context; a second
// one kills the process. An error is one line on standard error and a non-zero exit.
func Main(program func(context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // from here on a signal does what it does by default
	err := program(ctx)
	stop()
	os.Exit(report(os.Stderr, err))
}

func report(w io.Writer, err error) int {
	if err == nil {
		return 0
	}
	_, _ = fmt.Fprintln(w, "tiffin:", oneLine(err.Error())) // there is nowhere else to say it
	return 1
}
