package history

import (
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
)

const (
	keyHeader      = "Idempotency-Key"
	positionHeader = "Tiffin-Position"
	staleHeader    = "Tiffin-Stale"
	afterHeader    = "Last-Event-ID"
	eventStream    = "text/event-stream"
)

// Transport records what passes it on its way to base.
func (r *Recorder) Transport(base http.RoundTripper) http.RoundTripper {
	return transport{r, base}
}

type transport struct {
	*Recorder
	base http.RoundTripper
}

// CloseIdleConnections lets a client do so through the recorder.
func (t transport) CloseIdleConnections() { (&http.Client{Transport: t.base}).CloseIdleConnections() }

func (t transport) RoundTrip(q *http.Request) (*http.Response, error) {
	c, recorded := callOf(q)
	if !recorded {
		return t.base.RoundTrip(q)
	}
	c.Began = t.now()
	resp, err := t.base.RoundTrip(q)
	if err != nil {
		c.Outcome, c.Ended = Unknown, t.now()
		t.write(c)
		return nil, err
	}
	c.Status, c.Stale = resp.StatusCode, resp.Header.Get(staleHeader) != ""
	c.Position = resp.Header.Get(positionHeader)
	if kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); kind == eventStream {
		resp.Body = t.stream(c, resp.Body)
		return resp, nil
	}
	resp.Body = &answer{ReadCloser: resp.Body, recorder: t.Recorder, call: c}
	return resp, nil
}

// callOf is the call that a request makes, unless it is one that nobody is held to.
func callOf(q *http.Request) (c Call, recorded bool) {
	c = Call{
		Client: subject(q.Header.Get("Authorization")), Method: q.Method, Path: q.URL.RequestURI(),
		Command: q.Header.Get(keyHeader), Presented: list(q.Header.Values(positionHeader), q.Header.Values(afterHeader)),
	}
	if q.Method == http.MethodGet {
		c.Kind, c.Command = Query, ""
		return c, strings.HasPrefix(q.URL.Path, "/api/")
	}
	c.Kind = Command
	return c, c.Command != ""
}

func list(headers ...[]string) string {
	var all []string
	for _, values := range headers {
		for _, v := range values {
			if v != "" {
				all = append(all, v)
			}
		}
	}
	return strings.Join(all, ",")
}

// subject is who a bearer token says that its bearer is. Whether it is genuine is not the recorder's to say.
func subject(authorization string) string {
	parts := strings.Split(authorization, ".")
	if len(parts) != 3 {
		return ""
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	var claims struct {
		Subject string `json:"sub"`
	}
	if err != nil || json.Unmarshal(payload, &claims) != nil {
		return ""
	}
	return claims.Subject
}
