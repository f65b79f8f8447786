package segment

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"maps"
	"slices"

	"tiffin/platform/eventlog"
)

// digest is of events: each field with its length before it, so that no two stretches look alike.
type digest struct {
	hash hash.Hash
	buf  []byte
}

func newDigest() *digest { return &digest{hash: sha256.New()} }

func (d *digest) add(r eventlog.Record) {
	b := binary.BigEndian.AppendUint64(d.buf[:0], r.Position)
	b = field(b, r.Subject)
	b = binary.AppendUvarint(b, uint64(len(r.Header)))
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		b = field(b, name)
		b = binary.AppendUvarint(b, uint64(len(r.Header[name])))
		for _, value := range r.Header[name] {
			b = field(b, value)
		}
	}
	b = field(b, string(r.Data))
	_, _ = d.hash.Write(b) // a hash takes everything
	d.buf = b
}

func (d *digest) sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

func field(b []byte, value string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(value))), value...)
}
