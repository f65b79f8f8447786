package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The operations that mongolite knows.
const (
	opReply int32 = 1
	opQuery int32 = 2004
	opMsg   int32 = 2013
)

const (
	headerSize = 16
	// MaxMessage is the most bytes of a message, as the handshake announces.
	MaxMessage = 48_000_000
)

// ErrProtocol says that the bytes are not a message that mongolite reads. The
// connection can't go on.
var ErrProtocol = errors.New("malformed message")

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrProtocol, fmt.Sprintf(format, args...))
}

type header struct {
	length, requestID, responseTo, operation int32
}

func parseHeader(b []byte) header {
	return header{
		length:     int32(binary.LittleEndian.Uint32(b)),
		requestID:  int32(binary.LittleEndian.Uint32(b[4:])),
		responseTo: int32(binary.LittleEndian.Uint32(b[8:])),
		operation:  int32(binary.LittleEndian.Uint32(b[12:])),
	}
}

func (h header) appendTo(dst []byte) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, uint32(h.length))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(h.requestID))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(h.responseTo))
	return binary.LittleEndian.AppendUint32(dst, uint32(h.operation))
}
