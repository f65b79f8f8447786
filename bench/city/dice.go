package city

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"
)

// dice make the choices about one thing: the same seed and the same thing, the same choices, whoever asks and when.
type dice struct{ *rand.Rand }

func newDice(seed uint64, about ...any) dice {
	sum := sha256.Sum256([]byte(fmt.Sprint(append([]any{seed}, about...)...)))
	return dice{rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])))}
}

// does reports whether something happens that happens so often.
func (d dice) does(part float64) bool { return d.Float64() < part }

// between draws a duration, each as likely.
func (d dice) between(from, to time.Duration) time.Duration {
	return from + time.Duration(d.Float64()*float64(to-from))
}

// entropy is the part of an order's id that is not its time. Everybody's choices about an order follow from it.
func (d dice) entropy() []byte {
	const size = 10
	b := make([]byte, size+6)
	binary.BigEndian.PutUint64(b, d.Uint64())
	binary.BigEndian.PutUint64(b[8:], d.Uint64())
	return b[:size]
}

// lot is the part of an id that follows from the seed.
func lot(id string) string {
	const timestamp = 10
	return id[min(timestamp, len(id)):]
}

func pick[T any](d dice, from []T) T { return from[d.IntN(len(from))] }
