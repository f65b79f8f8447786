package run_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
	"tiffin/platform/run/runtest"
)

func TestProfilesAreServedWhereTheyAreAskedFor(t *testing.T) {
	addr := runtest.FreeAddr(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	up := make(chan struct{})
	go func() {
		ended <- run.Parts(ctx, func(g *run.Group) error {
			defer close(up)
			return run.Profiling{ProfilingAddr: addr}.Serve(g)
		})
	}()
	<-up
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+"/debug/pprof/goroutine?debug=1", nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
	http.DefaultClient.CloseIdleConnections()
	stop()
	require.NoError(t, <-ended)
}
