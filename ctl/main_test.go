package ctl_test

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"tiffin/ctl"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/cell"
	"tiffin/platform/eventlog"
	"tiffin/platform/run"
)

// place is a cell on an embedded hub and database, and where a command line finds it.
type place struct {
	*testing.T
	*cell.Cell
	dir string
}

func newPlace(t *testing.T) place {
	t.Helper()
	p := place{T: t, dir: filepath.Join(t.TempDir(), "data")}
	g := run.NewGroup(t.Context(), run.StopWithin)
	t.Cleanup(func() { require.NoError(t, g.Stop(nil)) })
	var err error
	p.Cell, err = cell.Local(g, "test", cell.LocalSettings{DataDir: p.dir, Sync: cell.Lazy})
	require.NoError(t, err)
	return p
}

// command runs a command line and returns what it printed.
func (p place) command(ctx context.Context, line ...string) (stdout, stderr string, err error) {
	p.Helper()
	return command(ctx, p.environ(), line...)
}

func (p place) environ() []string {
	return []string{"TIFFIN_DATA_DIR=" + p.dir, "TIFFIN_HTTP_ADDR=not the tool's"}
}

func command(ctx context.Context, environ []string, line ...string) (stdout, stderr string, err error) {
	var out, told strings.Builder
	err = execute(ctx, &out, &told, environ, line...)
	return out.String(), told.String(), err
}

func execute(ctx context.Context, out, told io.Writer, environ []string, line ...string) error {
	root := ctl.New(environ)
	root.SetArgs(line)
	root.SetOut(out)
	root.SetErr(told)
	return root.ExecuteContext(ctx)
}

// prints runs a command line that must succeed.
func (p place) prints(line ...string) string {
	p.Helper()
	out, _, err := p.command(p.Context(), line...)
	require.NoError(p, err)
	return out
}

// fails runs a command line that must fail, and returns why it did.
func (p place) fails(line ...string) string {
	p.Helper()
	_, _, err := p.command(p.Context(), line...)
	require.Error(p, err)
	return err.Error()
}

// record appends an event as a command would, and returns it as it is in the log.
func record[E proto.Message](p place, id string, c eventlog.Command, event E) eventlog.Event {
	p.Helper()
	facts := eventlog.NewAggregate[struct{}](p.Log, func(struct{}, E, eventlog.Meta) (s struct{}, err error) { return s, nil })
	at, err := facts.Execute(eventlog.WithCommand(p.Context(), c), id, func(struct{}) (E, error) { return event, nil })
	require.NoError(p, err)
	e, found, err := p.Log.At(p.Context(), at, eventlog.Closed, event)
	require.NoError(p, err)
	require.True(p, found)
	return e
}

func newID() string { return ulid.Make().String() }

const street = "7 Lantern Lane"

// placed is an order of a person who is somewhere.
func placed(customer string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		CustomerId: customer, RestaurantId: newID(), RestaurantName: "Pan & Salt",
		DeliveryAddress: &typev1.Personal{PersonId: customer, Data: &typev1.PersonalData{Text: street}},
	}}}
}

func cancelled(reason string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{Reason: reason}}}
}
