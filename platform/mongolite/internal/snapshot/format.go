package snapshot

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// A file is the magic with the format's version, then frames. A frame is its kind, the
// length of its payload, the payload, and a checksum of all three. Collections are in
// order: a frame for the collection, then its documents in blocks. The last frame
// counts the others, so that a file cut short between two frames is seen to be.

const (
	magic   = "tiffin/mongolite"
	version = 1

	kindCollection byte = 'C'
	kindDocuments  byte = 'D'
	kindEnd        byte = 'E'

	frameHead = 1 + 4
	// maxPayload bounds what is read before its checksum can tell that it is wrong.
	maxPayload = 64 << 20
	// blockSize is where a block of documents is cut.
	blockSize = 1 << 20
)

// ErrCorrupt says that a file is not a snapshot that this version reads.
var ErrCorrupt = errors.New("corrupt snapshot")

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCorrupt, fmt.Sprintf(format, args...))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func writeFrame(w io.Writer, kind byte, payload []byte) error {
	head := append(make([]byte, 0, frameHead), kind)
	head = binary.LittleEndian.AppendUint32(head, uint32(len(payload)))
	sum := crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, payload)
	for _, part := range [][]byte{head, payload, binary.LittleEndian.AppendUint32(nil, sum)} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

func readFrame(r io.Reader) (kind byte, payload []byte, err error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, cut(err)
	}
	n := binary.LittleEndian.Uint32(head[1:])
	if n > maxPayload {
		return 0, nil, corrupt("a frame of %d bytes", n)
	}
	payload = make([]byte, n)
	if _, err := io.ReadFull(r, payload); err != nil {
		return 0, nil, cut(err)
	}
	var sum [4]byte
	if _, err := io.ReadFull(r, sum[:]); err != nil {
		return 0, nil, cut(err)
	}
	if crc32.Update(crc32.Checksum(head[:], castagnoli), castagnoli, payload) != binary.LittleEndian.Uint32(sum[:]) {
		return 0, nil, corrupt("wrong checksum")
	}
	return head[0], payload, nil
}

// cut tells the end of a file from an error of the disk.
func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return corrupt("cut short")
	}
	return err
}
