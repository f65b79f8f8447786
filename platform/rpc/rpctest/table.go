package rpctest

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"

	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
)

// Command is what the table needs to know of one command.
type Command struct {
	// Fine returns a request for the aggregate of that id which is accepted after Before.
	Fine func(id string) proto.Message
	// By returns who sends it.
	By func(id string) identity.Grant
	// Before are the commands, by name, that come first.
	Before []string
	// After are commands after which it is refused with WrongState.
	After      []string
	WrongState string
	// Unknown is the code for an id that nobody has heard of; empty: it makes a new one.
	Unknown string
	// Eventless commands are accepted without leaving an event.
	Eventless bool
	// Optional are the fields that may be missing, Free those, by their path, in which anything goes.
	Optional, Free []string
}

// Table is every command of a service, by name.
type Table map[string]Command

// BadInput sends every command of the file's service missing, malformed, for an unknown id, in the wrong state, repeated and raced,
// and once by nobody and once by a stranger. Each is refused with a typed reason, and nothing is left behind on the log.
// domain is the message of the domain's events.
func BadInput(t *testing.T, log *eventlog.Log, conn *grpc.ClientConn, file protoreflect.FileDescriptor, domain proto.Message, table Table) {
	t.Helper()
	service := file.Services().Get(0)
	for i := range service.Methods().Len() {
		method := service.Methods().Get(i)
		name := string(method.Name())
		command, ok := table[name]
		if !ok {
			t.Errorf("%s is not in the table", name)
			continue
		}
		b := bench{log: log, conn: conn, service: service, domain: domain, table: table, command: command, method: method}
		t.Run(name+"/missing", b.missing)
		t.Run(name+"/malformed", b.malformed)
		t.Run(name+"/not allowed", b.notAllowed)
		if command.Unknown != "" {
			t.Run(name+"/unknown id", b.unknown)
		}
		if command.WrongState != "" {
			t.Run(name+"/wrong state", b.wrongState)
		}
		t.Run(name+"/repeated", b.repeated)
		t.Run(name+"/raced", b.raced)
	}
}

type bench struct {
	log     *eventlog.Log
	conn    *grpc.ClientConn
	service protoreflect.ServiceDescriptor
	domain  proto.Message
	table   Table
	command Command
	method  protoreflect.MethodDescriptor
}

func (b bench) send(ctx context.Context, name string, request proto.Message) (uint64, error) {
	method := b.service.Methods().ByName(protoreflect.Name(name))
	answer := dynamicpb.NewMessage(method.Output())
	err := b.conn.Invoke(ctx, "/"+string(b.service.FullName())+"/"+name, request, answer)
	return answer.Get(method.Output().Fields().ByName("position")).Uint(), err
}

// bring brings a new aggregate as far as the commands do.
func (b bench) bring(t *testing.T, commands []string) (id string) {
	t.Helper()
	id = ulid.Make().String()
	for _, name := range commands {
		c := b.table[name]
		_, err := b.send(As(t.Context(), c.By(id)), name, c.Fine(id))
		require.NoError(t, err, name)
	}
	return id
}

func (b bench) last(t *testing.T) uint64 {
	t.Helper()
	last, err := b.log.LastPosition(t.Context(), b.domain)
	require.NoError(t, err)
	return last
}

// refused sends a request that must come back with the code, and leave nothing behind.
func (b bench) refused(t *testing.T, by identity.Grant, request proto.Message, kind problem.Kind, code string) {
	t.Helper()
	before := b.last(t)
	_, err := b.send(As(t.Context(), by), string(b.method.Name()), request)
	require.Error(t, err, "%v", request)
	RequireCode(t, err, kind, code)
	if kind == problem.Invalid {
		require.NotEmpty(t, problem.From(err).Violations, "which field is it?")
	}
	require.Equal(t, before, b.last(t), "something was left behind")
}

func (b bench) missing(t *testing.T) {
	id := b.bring(t, b.command.Before)
	by, fine := b.command.By(id), b.command.Fine(id)
	b.refused(t, by, fine.ProtoReflect().Type().New().Interface(), problem.Invalid, "INVALID_ARGUMENT")
	fields := b.method.Input().Fields()
	for i := range fields.Len() {
		if slices.Contains(b.command.Optional, string(fields.Get(i).Name())) {
			continue
		}
		without := proto.Clone(fine)
		without.ProtoReflect().Clear(fields.Get(i))
		b.refused(t, by, without, problem.Invalid, "INVALID_ARGUMENT")
	}
}

func (b bench) malformed(t *testing.T) {
	id := b.bring(t, b.command.Before)
	fine := b.command.Fine(id)
	for path, bad := range mutants(fine) {
		if !slices.Contains(b.command.Free, path) {
			t.Run(path, func(t *testing.T) { b.refused(t, b.command.By(id), bad, problem.Invalid, "INVALID_ARGUMENT") })
		}
	}
}

func (b bench) notAllowed(t *testing.T) {
	id := b.bring(t, b.command.Before)
	b.refused(t, stranger(), b.command.Fine(id), problem.Forbidden, "FORBIDDEN")
	before := b.last(t)
	_, err := b.send(t.Context(), string(b.method.Name()), b.command.Fine(id))
	require.Equal(t, before, b.last(t), "something was left behind")
	RequireCode(t, err, problem.Unauthenticated, "UNAUTHENTICATED")
}

func (b bench) unknown(t *testing.T) {
	id := ulid.Make().String()
	b.refused(t, b.command.By(id), b.command.Fine(id), problem.NotFound, b.command.Unknown)
}

func (b bench) wrongState(t *testing.T) {
	id := b.bring(t, b.command.After)
	b.refused(t, b.command.By(id), b.command.Fine(id), problem.Refused, b.command.WrongState)
}

func (b bench) repeated(t *testing.T) {
	id := b.bring(t, b.command.Before)
	ctx := eventlog.WithCommand(As(t.Context(), b.command.By(id)), eventlog.Command{ID: "once"})
	first, err := b.send(ctx, string(b.method.Name()), b.command.Fine(id))
	require.NoError(t, err)
	last := b.last(t)
	again, err := b.send(ctx, string(b.method.Name()), b.command.Fine(id))
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Equal(t, last, b.last(t))
	// To know the command's id gives nobody the right to it.
	_, err = b.send(As(ctx, stranger()), string(b.method.Name()), b.command.Fine(id))
	RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
}

// stranger is a customer of whom nothing was heard before.
func stranger() identity.Grant {
	return identity.Grant{Role: identity.Customer, Resource: ulid.Make().String()}
}

const racers = 8

// raced has several send it at once, each as a command of their own: one is accepted, the others find it done or refused.
func (b bench) raced(t *testing.T) {
	id := b.bring(t, b.command.Before)
	before := b.last(t)
	var all sync.WaitGroup
	errs := make([]error, racers)
	for i := range racers {
		all.Go(func() {
			_, errs[i] = b.send(As(t.Context(), b.command.By(id)), string(b.method.Name()), b.command.Fine(id))
		})
	}
	all.Wait()
	require.Contains(t, errs, error(nil))
	for _, err := range errs {
		if err != nil {
			require.Contains(t, []problem.Kind{problem.Refused, problem.NotFound}, problem.From(err).Kind, err)
		}
	}
	if b.command.Eventless {
		require.Equal(t, before, b.last(t))
		return
	}
	require.Equal(t, before+1, b.last(t), "one command, one event")
}
