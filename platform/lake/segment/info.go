package segment

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"

	"tiffin/platform/eventlog"
)

// Span is what a segment holds of one domain.
type Span struct {
	Count uint64 `json:"count"`
	Last  uint64 `json:"last"`
}

// Info is what is known of a segment without reading it.
type Info struct {
	Name string `json:"name"`
	// First and Last are positions; FirstID and LastID the least and the greatest id of an aggregate.
	First   uint64 `json:"first"`
	Last    uint64 `json:"last"`
	FirstID string `json:"first_id"`
	LastID  string `json:"last_id"`
	Count   uint64 `json:"count"`
	// Domains are what it holds of each.
	Domains map[string]Span `json:"domains"`
	// Digest is of the events, Sum of the file's bytes.
	Digest string `json:"digest"`
	Sum    string `json:"sum"`
	Bytes  int64  `json:"bytes"`
}

// ErrDamaged is returned for a file that is not what was written.
var ErrDamaged = errors.New("the segment is damaged")

// Describe says what a segment of these events would be; they must be in order.
func Describe(records []eventlog.Record) (Info, error) {
	if len(records) == 0 {
		return Info{}, errors.New("a segment needs events")
	}
	info := Info{
		First: records[0].Position, Last: records[len(records)-1].Position,
		Count: uint64(len(records)), Domains: map[string]Span{},
	}
	var before uint64
	d := newDigest()
	for _, r := range records {
		if r.Position <= before {
			return Info{}, fmt.Errorf("event %d comes behind %d", r.Position, before)
		}
		before = r.Position
		domain, id, ok := eventlog.Split(r.Subject)
		if !ok {
			return Info{}, fmt.Errorf("%q is no subject of an event", r.Subject)
		}
		if info.FirstID == "" || id < info.FirstID {
			info.FirstID = id
		}
		info.LastID = max(info.LastID, id)
		info.Domains[domain] = Span{Count: info.Domains[domain].Count + 1, Last: r.Position}
		d.add(r)
	}
	info.Digest = d.sum()
	// The name tells what it holds, so that what is written twice lies in one place.
	info.Name = fmt.Sprintf("events/%012d-%012d-%s.parquet", info.First, info.Last, info.Digest[:12])
	return info, nil
}

// Describes reports whether the other says the same of the events.
func (i Info) Describes(other Info) bool {
	return i.First == other.First && i.Last == other.Last && i.FirstID == other.FirstID && i.LastID == other.LastID &&
		i.Count == other.Count && i.Digest == other.Digest && maps.Equal(i.Domains, other.Domains)
}

// Holds reports whether there is an event of one of the domains behind the position; no domains: of any.
func (i Info) Holds(after uint64, domains ...string) bool {
	if len(domains) == 0 {
		return i.Last > after
	}
	return slices.ContainsFunc(domains, func(d string) bool { return i.Domains[d].Last > after })
}

// Sum returns the sum of a file's bytes.
func Sum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
