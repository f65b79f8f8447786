package wire

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/value"
)

const (
	flagChecksum   uint32 = 1 << 0
	flagMoreToCome uint32 = 1 << 1
	flagExhaust    uint32 = 1 << 16
	// flagsRequired are the bits that a receiver must know or refuse.
	flagsRequired uint32 = 0xFFFF
)

// Message is a command as it came in.
type Message struct {
	// Body is the command.
	Body bsoncore.Document
	// Sequences are the documents that came beside the body, by field name.
	Sequences []Sequence
	// NoReply says that the client doesn't wait for an answer.
	NoReply bool

	requestID int32
	legacy    bool
	database  string
}

// Sequence is a section of documents: an array field, moved out of the body.
type Sequence struct {
	Field     string
	Documents []bsoncore.Document
}

// Legacy tells whether the message is an OP_QUERY; then its database is not in its
// body.
func (m *Message) Legacy() (database string, legacy bool) { return m.database, m.legacy }

// parse reads a whole message behind its header.
func parse(h header, whole []byte) (*Message, error) {
	m := &Message{requestID: h.requestID}
	switch h.operation {
	case opMsg:
		return m, m.parseMsg(whole)
	case opQuery:
		return m, m.parseQuery(whole[headerSize:])
	default:
		return nil, malformed("operation %d is not supported", h.operation)
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (m *Message) parseMsg(whole []byte) error {
	if len(whole) < headerSize+4 {
		return malformed("no flags")
	}
	flags := binary.LittleEndian.Uint32(whole[headerSize:])
	if unknown := flags & flagsRequired &^ (flagChecksum | flagMoreToCome); unknown != 0 {
		return malformed("unknown flags %#x", unknown)
	}
	m.NoReply = flags&flagMoreToCome != 0
	rest := whole[headerSize+4:]
	if flags&flagChecksum != 0 {
		if len(rest) < 4 {
			return malformed("no checksum")
		}
		end := len(whole) - 4
		if crc32.Checksum(whole[:end], castagnoli) != binary.LittleEndian.Uint32(whole[end:]) {
			return malformed("wrong checksum")
		}
		rest = rest[:len(rest)-4]
	}
	for len(rest) > 0 {
		kind := rest[0]
		n, err := length(rest[1:])
		if err != nil {
			return err
		}
		section := rest[1 : 1+n]
		rest = rest[1+n:]
		switch {
		case kind == 0 && m.Body == nil:
			if err := value.Validate(section); err != nil {
				return malformed("the body is not BSON")
			}
			m.Body = section
		case kind == 1:
			if err := m.parseSequence(section[4:]); err != nil {
				return err
			}
		default:
			return malformed("section of kind %d", kind)
		}
	}
	if m.Body == nil {
		return malformed("no body")
	}
	return nil
}

func (m *Message) parseSequence(b []byte) error {
	end := bytes.IndexByte(b, 0)
	if end < 0 {
		return malformed("a sequence without a name")
	}
	s := Sequence{Field: string(b[:end])}
	for b = b[end+1:]; len(b) > 0; {
		n, err := length(b)
		if err != nil {
			return err
		}
		if value.Validate(b[:n]) != nil {
			return malformed("a document of '%s' is not BSON", s.Field)
		}
		s.Documents = append(s.Documents, b[:n:n])
		b = b[n:]
	}
	for _, other := range m.Sequences {
		if other.Field == s.Field {
			return malformed("two sequences '%s'", s.Field)
		}
	}
	m.Sequences = append(m.Sequences, s)
	return nil
}

// length reads a length prefix that counts itself and checks that so much is there.
func length(b []byte) (int, error) {
	if len(b) < 4 {
		return 0, malformed("cut short")
	}
	n := int64(int32(binary.LittleEndian.Uint32(b)))
	if n < 5 || n > int64(len(b)) {
		return 0, malformed("a length of %d where %d bytes are left", n, len(b))
	}
	return int(n), nil
}

// parseQuery reads what drivers begin a connection with.
func (m *Message) parseQuery(b []byte) error {
	m.legacy = true
	if len(b) < 4 {
		return malformed("no flags")
	}
	b = b[4:]
	end := bytes.IndexByte(b, 0)
	if end < 0 || len(b) < end+1+8 {
		return malformed("no collection")
	}
	database, ok := strings.CutSuffix(string(b[:end]), ".$cmd")
	if !ok {
		return malformed("OP_QUERY on '%s': only commands are supported", b[:end])
	}
	m.database = database
	b = b[end+1+8:]
	n, err := length(b)
	if err != nil {
		return err
	}
	if value.Validate(b[:n]) != nil {
		return malformed("the query is not BSON")
	}
	m.Body = b[:n]
	return nil
}
