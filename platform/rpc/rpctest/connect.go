package rpctest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc"
)

// House is one of our own processes.
var House = identity.Grant{Role: identity.Service, Resource: identity.Any}

// Connect serves what register adds, in memory, and connects to it until the test ends.
func Connect(t testing.TB, file protoreflect.FileDescriptor, register func(grpc.ServiceRegistrar)) *grpc.ClientConn {
	t.Helper()
	server, err := rpc.NewServer(rpc.ServerOptions{Verify: verify, Files: []protoreflect.FileDescriptor{file}})
	require.NoError(t, err)
	register(server)
	conn, closed, err := rpc.InProcess(server, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		server.Stop()
	})
	return conn
}

// As returns a context whose calls are made by somebody who holds this one grant.
func As(ctx context.Context, g identity.Grant) context.Context {
	return identity.NewContext(ctx, identity.Caller{Token: string(g.Role) + ":" + g.Resource})
}

// verify takes a token for what it says: a role and a resource.
func verify(_ context.Context, token string) (identity.Caller, error) {
	role, resource, ok := strings.Cut(token, ":")
	if !ok {
		return identity.Caller{}, errors.New("no role in the token")
	}
	return identity.Caller{
		Subject: token, Grants: []identity.Grant{{Role: identity.Role(role), Resource: resource}}, Token: token,
	}, nil
}

// RequireCode fails the test unless the error is a problem of this kind and code.
func RequireCode(t testing.TB, err error, kind problem.Kind, code string) {
	t.Helper()
	p := problem.From(err)
	require.NotNil(t, p)
	require.Equal(t, code, p.Code, p.Detail)
	require.Equal(t, kind, p.Kind)
}
