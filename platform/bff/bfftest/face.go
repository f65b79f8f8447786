package bfftest

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/platform/rest"
	"tiffin/platform/rpc"
)

// Options describe a BFF, as host.BFF does.
type Options struct {
	Audience string
	Verify   rpc.Verifier
	File     protoreflect.FileDescriptor
	Register func(grpc.ServiceRegistrar)
	Handler  func(ctx context.Context, mux *runtime.ServeMux, conn grpc.ClientConnInterface) error
}

// Face is a BFF's REST API.
type Face struct {
	// URL of its paths, which ends with a slash.
	URL string
}

// Serve serves the BFF until the test ends.
func Serve(t testing.TB, o Options) Face {
	t.Helper()
	server, err := rpc.NewServer(rpc.ServerOptions{Verify: o.Verify, Files: []protoreflect.FileDescriptor{o.File}})
	require.NoError(t, err)
	conn := connected(t, server, o.Register)
	handler, err := rest.New(t.Context(), rest.Options{
		Audience: o.Audience, Verify: o.Verify, OpenAPI: []byte(`{"swagger":"2.0"}`),
		Register: func(ctx context.Context, mux *runtime.ServeMux) error { return o.Handler(ctx, mux, conn) },
	})
	require.NoError(t, err)
	web := httptest.NewServer(handler)
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
	})
	return Face{URL: web.URL + "/api/" + o.Audience + "/v1/"}
}

// Behind serves what stands for the services behind a BFF, and connects to it until the test ends.
func Behind(t testing.TB, verify rpc.Verifier, register func(grpc.ServiceRegistrar)) grpc.ClientConnInterface {
	t.Helper()
	server, err := rpc.NewServer(rpc.ServerOptions{Verify: verify})
	require.NoError(t, err)
	return connected(t, server, register)
}

func connected(t testing.TB, server *grpc.Server, register func(grpc.ServiceRegistrar)) grpc.ClientConnInterface {
	t.Helper()
	register(server)
	conn, closed, err := rpc.InProcess(server, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		server.Stop()
	})
	return conn
}

// Ask sends a request, whose caller is the bearer token and may be nobody; headers come in pairs.
func (f Face) Ask(t testing.TB, method, path, caller, body string, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, f.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	if caller != "" {
		r.Header.Set("Authorization", "Bearer "+caller)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

// Read returns the answer's document.
func Read[T any](t testing.TB, r *http.Response) (out T) {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(body, &out), string(body))
	return out
}
