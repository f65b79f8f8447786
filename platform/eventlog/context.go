package eventlog

import "context"

type commandKey struct{}

// WithCommand returns a context in which Execute works for the command.
func WithCommand(ctx context.Context, c Command) context.Context {
	return context.WithValue(ctx, commandKey{}, c)
}

// CommandFrom returns the command that ctx carries, or the zero value.
func CommandFrom(ctx context.Context) Command {
	c, _ := ctx.Value(commandKey{}).(Command)
	return c
}
