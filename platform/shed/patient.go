package shed

import (
	"net/http"
	"time"
)

// patient writes a stream to somebody who may stop reading: then the stream ends, and whoever reads resumes it when they can.
// It is for one goroutine, as every ResponseWriter is.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
	unread  time.Duration
}

// newPatient takes the deadline off that ordinary answers have: a stream may say nothing for as long as it likes.
func newPatient(w http.ResponseWriter, unread time.Duration) *patient {
	p := &patient{ResponseWriter: w, control: http.NewResponseController(w), unread: unread}
	p.until(time.Time{})
	return p
}

// until does nothing where no connection is behind the answer, as in a test: nobody is slow there.
func (p *patient) until(t time.Time) { _ = p.control.SetWriteDeadline(t) }

func (p *patient) Write(b []byte) (int, error) {
	p.until(time.Now().Add(p.unread))
	return p.ResponseWriter.Write(b)
}

// FlushError is what http.ResponseController flushes by.
func (p *patient) FlushError() error {
	p.until(time.Now().Add(p.unread))
	err := p.control.Flush()
	if err == nil {
		p.until(time.Time{})
	}
	return err
}

// Flush is what wrappers look for.
func (p *patient) Flush() { _ = p.FlushError() } // whoever wants to know calls FlushError

// Unwrap lets http.ResponseController reach what is behind.
func (p *patient) Unwrap() http.ResponseWriter { return p.ResponseWriter }
