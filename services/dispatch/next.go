package dispatch

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"

	"tiffin/platform/process/step"
)

// next asks the best courier who was not asked before, or sets when to look again.
func (p Policy) next(d Dispatch, in step.Input, free []Candidate, e *event) *event {
	for _, c := range Rank(free, d.Delivery.GetPickUp(), in.At) {
		if until, asked := d.Asked[c.CourierID]; asked && in.At.Before(until) {
			continue
		}
		expires := step.Timer(answer, in.At, p.Offer)
		id := offerID(in.ID, d.Offers+1, in.At)
		return timed(with(e, offer(id, c.CourierID, in.ID, d.Delivery, expires.GetDue())), []string{search}, expires)
	}
	again := p.Again << min(d.Misses, 10)
	return timed(e, []string{answer}, step.Timer(search, in.At, min(again, p.AgainAtMost)))
}

// offerID is the same for the same offer, however often it is decided.
func offerID(delivery string, n int, now time.Time) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", delivery, n))
	id := ulid.ULID{}
	_ = id.SetTime(ulid.Timestamp(now)) // fails after the year 10889
	_ = id.SetEntropy(sum[:10])         // fails for another length
	return id.String()
}
