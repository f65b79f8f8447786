package fault

import (
	"cmp"
	"errors"
	"fmt"
	"runtime/debug"
)

// Poison is why an event can't be processed, however often it is tried. Any other error may pass.
type Poison struct {
	error
	stack string
}

// Unwrap returns what went wrong.
func (p *Poison) Unwrap() error { return p.error }

// Poisoned says of an error that it will not pass.
func Poisoned(err error) error { return &Poison{error: err} }

// Catch calls do, and returns a panic of its as poison.
func Catch(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			e, ok := p.(error)
			if !ok {
				e = fmt.Errorf("%v", p)
			}
			err = &Poison{fmt.Errorf("panic: %w", e), string(debug.Stack())}
		}
	}()
	return do()
}

// Explain tells why something can't be processed, and where, without words about persons.
func Explain(why error, words ...string) (text, stack string) {
	var p *Poison
	if errors.As(why, &p) {
		stack = Scrub(p.stack, words...)
	}
	return Scrub(cmp.Or(why.Error(), "no reason given"), words...), stack
}
