package history

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"
)

// most of a body is kept to be looked into. What is longer is none of those documents that tell how far they are.
const most = 4 << 20

// answer is a body on its way to the client; the call is over when it was read to its end, or left.
type answer struct {
	io.ReadCloser
	recorder *Recorder
	call     Call
	body     []byte
	once     sync.Once
}

func (a *answer) Read(p []byte) (int, error) {
	n, err := a.ReadCloser.Read(p)
	if len(a.body)+n <= most {
		a.body = append(a.body, p[:n]...)
	}
	if err != nil {
		a.over(errors.Is(err, io.EOF))
	}
	return n, err
}

// Close is of use to who has not read to the end: what the rest would have said, nobody knows.
func (a *answer) Close() error {
	a.over(false)
	return a.ReadCloser.Close()
}

func (a *answer) over(whole bool) {
	a.once.Do(func() {
		c := a.call
		c.Ended = a.recorder.now()
		c.Outcome, c.Code = judge(c.Status, a.body)
		if !whole {
			c.Outcome = Unknown
		}
		if c.Kind == Query && whole {
			c.Shown, c.Hash = shown(c.Path, c.Code, a.body), hash(a.body)
		}
		a.recorder.write(c)
	})
}

// statusClosed is what a proxy notes of a client that went away.
const statusClosed = 499

// judge says what an answer of that status is. One that ends in time-out or trouble leaves open what became of the request.
func judge(status int, body []byte) (o Outcome, code string) {
	if status >= 200 && status < 300 {
		return Acknowledged, ""
	}
	var said struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal(body, &said) // what is no problem document has no code
	if status >= 500 || status == http.StatusRequestTimeout || status == statusClosed {
		return Unknown, said.Code
	}
	return Refused, said.Code
}

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}
