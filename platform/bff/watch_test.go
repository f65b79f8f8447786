package bff_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"tiffin/platform/bff"
	"tiffin/platform/position"
	"tiffin/platform/problem"
	"tiffin/platform/rest"
	"tiffin/platform/view"
)

// caught is a view that is as far as it is asked for.
type caught struct{}

func (caught) WaitFor(context.Context, position.Token) (bool, error)      { return false, nil }
func (caught) Seen() position.Token                                       { return position.Token{"ordering": 7} }
func (caught) Watch(context.Context, string) (<-chan view.Notice, func()) { return nil, func() {} }
func (caught) Behind(context.Context, string) (bool, error)               { return false, nil }

// call is what gRPC knows of the call that a handler answers.
type call struct {
	grpc.ServerTransportStream
	header metadata.MD
}

func (c *call) SetHeader(md metadata.MD) error {
	c.header = metadata.Join(c.header, md)
	return nil
}

func TestADocumentThatIsMissingFromADatabaseThatWasSetBackIsToldAsStale(t *testing.T) {
	for name, setBack := range map[string]bool{"set back": true, "as it was": false} {
		t.Run(name, func(t *testing.T) {
			answering := &call{}
			missing := problem.Missing("ORDER_NOT_FOUND", "there is no order")
			err := bff.Stream{
				View: caught{}, ID: "order", Heartbeat: func() (<-chan time.Time, func()) { return nil, func() {} },
				Document: func(ctx context.Context, _ string, _ func() bool) error {
					if setBack { // a view finds it out as it reads
						rest.Stale(ctx)
					}
					return missing
				},
			}.Run(grpc.NewContextWithServerTransportStream(t.Context(), answering))
			require.ErrorIs(t, err, missing)
			require.Equal(t, setBack, len(answering.header.Get(rest.StaleKey)) > 0)
		})
	}
}
