package wire

import (
	"bufio"
	"io"
	"sync"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// Conn reads messages and writes answers. It is for one goroutine.
type Conn struct {
	r    *bufio.Reader
	w    io.Writer
	in   *[]byte // the message that was read last
	sent int32
}

// buffers are for the messages of all connections: most of these are idle, and a large message is seldom the only one.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// keep is how large a buffer is used again.
const keep = 4 << 20

// release gives a buffer back, whose content nobody needs any more.
func release(buffer *[]byte) {
	if cap(*buffer) <= keep {
		buffers.Put(buffer)
	}
}

// NewConn wraps a connection.
func NewConn(rw io.ReadWriter) *Conn {
	return &Conn{r: bufio.NewReaderSize(rw, 16<<10), w: rw}
}

// Read waits for the next message, and the one before is gone. io.EOF says that the peer ended between two
// messages; an ErrProtocol that what it sent can't be read.
func (c *Conn) Read() (*Message, error) {
	if c.in != nil {
		release(c.in)
		c.in = nil
	}
	head, err := c.r.Peek(headerSize)
	if err != nil {
		if err == io.EOF && len(head) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	h := parseHeader(head)
	if h.length < headerSize || h.length > MaxMessage {
		return nil, malformed("a length of %d", h.length)
	}
	c.in = buffers.Get().(*[]byte)
	if err := c.fill(int(h.length)); err != nil {
		return nil, err
	}
	return parse(h, *c.in)
}

// fill reads a message's bytes. Memory grows with what has arrived, not with what
// a header promises.
func (c *Conn) fill(n int) error {
	in := (*c.in)[:0]
	defer func() { *c.in = in }()
	for len(in) < n {
		if len(in) == cap(in) {
			grown := make([]byte, len(in), min(n, max(4096, 4*cap(in))))
			copy(grown, in)
			in = grown
		}
		m, err := io.ReadFull(c.r, in[len(in):min(n, cap(in))])
		in = in[:len(in)+m]
		if err != nil {
			return io.ErrUnexpectedEOF
		}
	}
	return nil
}

// Reply writes an answer. The function appends the answer's document to what it is
// given.
func (c *Conn) Reply(m *Message, document func(dst []byte) []byte) error {
	buffer := buffers.Get().(*[]byte)
	defer release(buffer)
	c.sent++
	h := header{requestID: c.sent, responseTo: m.requestID, operation: opMsg}
	if m.legacy {
		h.operation = opReply
	}
	out := h.appendTo((*buffer)[:0])
	if m.legacy {
		out = bsoncore.AppendInt32(out, 8) // the flag AwaitCapable
		out = bsoncore.AppendInt64(out, 0) // no cursor
		out = bsoncore.AppendInt32(out, 0) // starting from
		out = bsoncore.AppendInt32(out, 1) // documents
	} else {
		out = append(out, 0, 0, 0, 0, 0) // no flags; a section of kind 0
	}
	out = document(out)
	*buffer = out
	bsoncore.AppendInt32(out[:0], int32(len(out)))
	_, err := c.w.Write(out)
	return err
}
