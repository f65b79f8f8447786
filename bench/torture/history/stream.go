package history

import (
	"bytes"
	"io"
)

// stream is a live stream on its way to the client.
type stream struct {
	io.ReadCloser
	recorder *Recorder
	call     Call
	// line is the one that has begun; id, kind and data are those of the event that has.
	line       []byte
	id, kind   string
	data       []byte
	overlength bool
}

func (r *Recorder) stream(c Call, body io.ReadCloser) io.ReadCloser {
	c.Kind, c.Stream, c.Outcome = Notice, r.streams.Add(1), Acknowledged
	return &stream{ReadCloser: body, recorder: r, call: c}
}

func (s *stream) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p)
	for rest := p[:n]; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		if len(s.line)+len(line) <= most {
			s.line = append(s.line, line...)
		} else {
			s.overlength = true
		}
		if ended {
			s.take(s.line)
			s.line = s.line[:0]
		}
		rest = after
	}
	return n, err
}

func (s *stream) take(line []byte) {
	name, value, _ := bytes.Cut(line, []byte(": "))
	switch string(name) {
	case "id":
		s.id = string(value)
	case "event":
		s.kind = string(value)
	case "data":
		s.data = append(s.data[:0], value...)
	case "":
		s.tell()
		s.kind, s.overlength = "", false
	}
}

// tell records a document. A heartbeat says nothing that could be wrong.
func (s *stream) tell() {
	if s.kind != "document" && s.kind != "stale" || s.overlength {
		return
	}
	c := s.call
	c.Ended, c.Position, c.Stale = s.recorder.now(), s.id, s.kind == "stale"
	c.Shown, c.Hash = shown(c.Path, "", s.data), hash(s.data)
	s.recorder.write(c)
}
