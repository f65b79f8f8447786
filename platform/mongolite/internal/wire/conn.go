package wire

import (
	"bufio"
	"io"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// Conn reads messages and writes answers. It is for one goroutine.
type Conn struct {
	r       *bufio.Reader
	w       io.Writer
	in, out []byte
	sent    int32
}

// keep is how large a buffer stays after a large message.
const keep = 64 << 10

// NewConn wraps a connection.
func NewConn(rw io.ReadWriter) *Conn {
	return &Conn{r: bufio.NewReaderSize(rw, 16<<10), w: rw}
}

// Read waits for the next message. io.EOF says that the peer ended between two
// messages; an ErrProtocol that what it sent can't be read.
func (c *Conn) Read() (*Message, error) {
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
	if err := c.fill(int(h.length)); err != nil {
		return nil, err
	}
	return parse(h, c.in)
}

// fill reads a message's bytes. Memory grows with what has arrived, not with what
// a header promises.
func (c *Conn) fill(n int) error {
	if cap(c.in) > keep && n <= keep {
		c.in = nil
	}
	c.in = c.in[:0]
	for len(c.in) < n {
		if len(c.in) == cap(c.in) {
			grown := make([]byte, len(c.in), min(n, max(4096, 4*cap(c.in))))
			copy(grown, c.in)
			c.in = grown
		}
		free := c.in[len(c.in):min(n, cap(c.in))]
		m, err := io.ReadFull(c.r, free)
		c.in = c.in[:len(c.in)+m]
		if err != nil {
			return io.ErrUnexpectedEOF
		}
	}
	return nil
}

// Reply writes an answer. The function appends the answer's document to what it is
// given.
func (c *Conn) Reply(m *Message, document func(dst []byte) []byte) error {
	if cap(c.out) > keep {
		c.out = nil
	}
	c.sent++
	h := header{requestID: c.sent, responseTo: m.requestID, operation: opMsg}
	if m.legacy {
		h.operation = opReply
	}
	c.out = h.appendTo(c.out[:0])
	if m.legacy {
		c.out = bsoncore.AppendInt32(c.out, 8) // the flag AwaitCapable
		c.out = bsoncore.AppendInt64(c.out, 0) // no cursor
		c.out = bsoncore.AppendInt32(c.out, 0) // starting from
		c.out = bsoncore.AppendInt32(c.out, 1) // documents
	} else {
		c.out = append(c.out, 0, 0, 0, 0, 0) // no flags; a section of kind 0
	}
	c.out = document(c.out)
	bsoncore.AppendInt32(c.out[:0], int32(len(c.out)))
	_, err := c.w.Write(c.out)
	return err
}
