package due_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/due"
)

func TestItemsComeWhenTheyAreDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q due.Queue[string]
		start := time.Now()
		q.Put("later", start.Add(time.Hour))
		go func() {
			time.Sleep(time.Minute) //nolint:forbidigo // in a bubble of synctest's, where sleeping is how time passes
			q.Put("sooner", start.Add(2*time.Minute))
			q.Put("overdue", start)
		}()
		for _, want := range []struct {
			what  string
			after time.Duration
		}{{"overdue", time.Minute}, {"sooner", 2 * time.Minute}, {"later", time.Hour}} {
			got, err := q.Take(t.Context())
			require.NoError(t, err)
			require.Equal(t, want.what, got)
			require.Equal(t, want.after, time.Since(start))
		}
	})
}

func TestAnEmptyQueueWaitsForAsLongAsItsTakerDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q due.Queue[int]
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		_, err := q.Take(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		q.Put(1, time.Now())
		got, err := q.Take(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, got)
	})
}
