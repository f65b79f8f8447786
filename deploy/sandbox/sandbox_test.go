package sandbox_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/deploy/sandbox"
)

func TestMoneyMovesOnlyAsItMay(t *testing.T) {
	c := start(t)
	a := c.authorize("a", "tok_ok")
	require.Equal(t, "succeeded", a.Status)
	for i, step := range []struct{ verb, body, status, code string }{
		{"refund", eur(1, ""), "refused", "AMOUNT_TOO_LARGE"},
		{"capture", eur(3001, ""), "refused", "AMOUNT_TOO_LARGE"},
		{"capture", `{"amount":{"currency_code":"USD","minor_units":1}}`, "refused", "WRONG_CURRENCY"},
		{"capture", eur(2000, ""), "succeeded", ""},
		{"capture", eur(2000, ""), "refused", "ALREADY_CAPTURED"},
		{"void", `{}`, "refused", "ALREADY_CAPTURED"},
		{"refund", eur(1500, ""), "succeeded", ""},
		{"refund", eur(501, ""), "refused", "AMOUNT_TOO_LARGE"},
		{"refund", eur(500, ""), "succeeded", ""},
	} {
		status, op := c.post("/v1/payments/"+a.Payment+"/"+step.verb, strconv.Itoa(i), step.body)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, step.status, op.Status, "%d %s", i, step.verb)
		require.Equal(t, step.code, op.ReasonCode, "%d %s", i, step.verb)
	}
	b := c.authorize("b", "tok_ok")
	for i, step := range []struct{ verb, code string }{{"void", ""}, {"void", "ALREADY_VOIDED"}, {"capture", "ALREADY_VOIDED"}} {
		_, op := c.post("/v1/payments/"+b.Payment+"/"+step.verb, fmt.Sprint("b", i), eur(1, ""))
		require.Equal(t, step.code, op.ReasonCode, step.verb)
	}
	_, op := c.post("/v1/payments/pay_none/void", "n", `{}`)
	require.Equal(t, "PAYMENT_NOT_FOUND", op.ReasonCode)
}

func TestCardsThatRefuse(t *testing.T) {
	c := start(t)
	for token, code := range map[string]string{
		"tok_declined": "CARD_DECLINED", "tok_insufficient_8d1": "INSUFFICIENT_FUNDS", "tok_expired": "CARD_EXPIRED",
		"tok_of_nobody": "UNKNOWN_CARD", "4242": "UNKNOWN_CARD", "": "",
	} {
		require.Equal(t, code, c.authorize("a"+token, token).ReasonCode, token)
	}
	for verb, token := range map[string]string{"capture": "tok_uncapturable", "refund": "tok_unrefundable"} {
		a := c.authorize(verb, token)
		if verb == "refund" {
			c.post("/v1/payments/"+a.Payment+"/capture", verb+"1", eur(1, ""))
		}
		_, op := c.post("/v1/payments/"+a.Payment+"/"+verb, verb+"2", eur(1, ""))
		require.Equal(t, "refused", op.Status, token)
	}
}

func TestAKeyStandsForOneRequest(t *testing.T) {
	c := start(t)
	first := c.authorize("a", "tok_ok")
	require.Equal(t, first, c.authorize("a", "tok_ok"))
	status, _ := c.post("/v1/authorizations", "a", card("tok_declined"))
	require.Equal(t, http.StatusUnprocessableEntity, status)
	status, _ = c.post("/v1/payments/"+first.Payment+"/void", "a", `{}`)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	_, asked := c.ask("a")
	require.Equal(t, first, asked)
	status, _ = c.ask("b")
	require.Equal(t, http.StatusNotFound, status)
}

func TestBadRequests(t *testing.T) {
	c := start(t)
	for name, send := range map[string]struct{ path, key, body string }{
		"no key":      {"/v1/authorizations", "", card("tok_ok")},
		"a huge key":  {"/v1/authorizations", strings.Repeat("k", 129), card("tok_ok")},
		"no JSON":     {"/v1/authorizations", "a", `{`},
		"no amount":   {"/v1/authorizations", "a", `{}`},
		"a huge body": {"/v1/authorizations", "a", card(strings.Repeat("x", 17<<10))},
	} {
		status, _ := c.post(send.path, send.key, send.body)
		require.Equal(t, http.StatusBadRequest, status, name)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+"/v1/operations", http.NoBody)
	require.NoError(t, err)
	answer, err := c.http.Do(r)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusUnauthorized, answer.StatusCode)
}

func TestAnAnswerThatNeverComesIsThereToBeAskedFor(t *testing.T) {
	c := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	answered := make(chan int)
	go func() {
		status, _ := c.send(ctx, http.MethodPost, "/v1/authorizations", "a", card("tok_timeout"))
		answered <- status
	}()
	require.Eventually(t, func() bool {
		status, op := c.ask("a")
		return status == http.StatusOK && op.Status == "succeeded"
	}, patience, time.Millisecond)
	cancel()
	require.Zero(t, <-answered)
	require.Equal(t, "succeeded", c.authorize("a", "tok_timeout").Status, "a repeat is answered")
}

func TestADownAndAPendingCard(t *testing.T) {
	c := start(t)
	for range 3 {
		status, _ := c.post("/v1/authorizations", "a", card("tok_down"))
		require.Equal(t, http.StatusServiceUnavailable, status)
		status, _ = c.ask("a")
		require.Equal(t, http.StatusNotFound, status)
	}
	require.Equal(t, "succeeded", c.authorize("a", "tok_down").Status)
	slow := start(t, func(o *sandbox.Options) { o.Pending = time.Hour })
	status, op := slow.post("/v1/authorizations", "a", card("tok_pending"))
	require.Equal(t, http.StatusAccepted, status)
	require.Equal(t, "pending", op.Status)
}

func TestATokenIsForAPageOfThisMachineAndATestCard(t *testing.T) {
	c := start(t)
	for number, want := range map[string]int{
		"4242 4242 4242 4242": http.StatusCreated, "4000000000000002": http.StatusCreated, "5500005555555559": http.StatusUnprocessableEntity,
	} {
		for origin, allowed := range map[string]string{
			"http://localhost:8080": "http://localhost:8080", "http://127.0.0.1:1": "http://127.0.0.1:1", "https://shop.example": "", "null": "",
		} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.url+"/v1/tokens", strings.NewReader(`{"card_number":"`+number+`"}`))
			require.NoError(t, err)
			r.Header.Set("Origin", origin)
			answer, err := c.http.Do(r)
			require.NoError(t, err)
			body, err := io.ReadAll(answer.Body)
			require.NoError(t, err)
			require.NoError(t, answer.Body.Close())
			require.Equal(t, want, answer.StatusCode)
			require.Equal(t, allowed, answer.Header.Get("Access-Control-Allow-Origin"))
			require.NotContains(t, string(body), number)
		}
	}
}

func TestItListensOnLoopbackOnly(t *testing.T) {
	_, err := sandbox.Start(t.Context(), sandbox.Options{DataDir: t.TempDir(), APIKey: "key", Addr: "0.0.0.0:0"})
	require.Error(t, err)
}

// What was acknowledged is there after kill -9, and after a power cut in the middle of a line.
func TestWhatWasAcknowledgedOutlivesAKill(t *testing.T) {
	dir := t.TempDir()
	var acknowledged []sandbox.Operation
	for life := range 3 {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), childDir+"="+dir)
		out, err := child.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, child.Start())
		url, err := bufio.NewReader(out).ReadString('\n')
		require.NoError(t, err)
		c := at(t, strings.TrimSpace(url))
		for _, op := range acknowledged {
			_, found := c.ask(op.ID)
			require.Equal(t, op, found)
		}
		for i := range 20 {
			acknowledged = append(acknowledged, c.authorize(fmt.Sprint(life, "-", i), "tok_ok"))
		}
		require.NoError(t, child.Process.Kill())
		require.Error(t, child.Wait())
		file, err := os.OpenFile(filepath.Join(dir, "operations.jsonl"), os.O_APPEND|os.O_WRONLY, 0o600)
		require.NoError(t, err)
		_, err = file.WriteString(`{"operation":{"id":"cut`)
		require.NoError(t, err)
		require.NoError(t, file.Close())
	}
}
