package segment

import (
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// compressed is the format's own codec, but for its encoders: each costs megabytes to make, it forgets them whenever garbage is
// collected, and one serves all columns of all segments.
type compressed struct{ compress.Codec }

var codec = compressed{&parquet.Zstd}

var encoder = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false))
})

// Encode is of compress.Codec.
func (compressed) Encode(dst, src []byte) ([]byte, error) {
	e, err := encoder()
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(src, dst[:0]), nil
}
