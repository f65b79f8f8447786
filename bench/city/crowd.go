package city

import (
	"context"
	"fmt"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
)

// crowd is an errgroup in which nobody takes down the process that they are simulated in.
type crowd struct{ *errgroup.Group }

func newCrowd(ctx context.Context) (crowd, context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	return crowd{g}, ctx
}

// Go runs one more; a panic is that one's error.
func (c crowd) Go(f func() error) { c.Group.Go(func() error { return guarded(f) }) }

func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return f()
}
