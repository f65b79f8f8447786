package server_test

import (
	"bufio"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/position"
)

func TestASilentStreamSaysThatItLives(t *testing.T) {
	h := open(t)
	h.place(t, 1, ann)
	answer := h.ask(t, http.MethodGet, "orders/"+orderID(1)+":watch", ann, "")
	lines := bufio.NewScanner(answer.Body)
	require.True(t, lines.Scan()) // hello
	h.beats <- time.Time{}
	for lines.Scan() && lines.Text() != "event: heartbeat" {
		require.NotEqual(t, "event: error", lines.Text())
		if lines.Text() != "" && lines.Text()[0] == 'i' {
			require.Equal(t, "id: "+position.Token{"ordering": 1}.Encode(), lines.Text())
		}
	}
	require.Equal(t, "event: heartbeat", lines.Text())
	require.True(t, lines.Scan())
	require.Equal(t, "data: {}", lines.Text())
}
