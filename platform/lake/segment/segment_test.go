package segment_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tiffin/platform/eventlog"
	"tiffin/platform/lake/segment"
)

func record(position uint64, domain, id string, data []byte) eventlog.Record {
	return eventlog.Record{Position: position, Subject: "evt." + domain + "." + id, Data: data, Header: nats.Header{
		"ce-specversion": {"1.0"}, "ce-id": {ulid.Make().String()}, "ce-type": {domain + ".OrderPlaced"}, "ce-source": {"/tiffin/" + domain},
		"ce-time": {time.Unix(0, int64(position)*1e6).UTC().Format(time.RFC3339Nano)}, "ce-subject": {id}, "content-type": {"application/protobuf"},
		"ce-commandid": {ulid.Make().String()}, "ce-correlationid": {id}, "traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
		"Nats-Msg-Id": {ulid.Make().String()}, "Nats-Expected-Last-Subject-Sequence": {"0"},
	}}
}

func stretch(n int) []eventlog.Record {
	var records []eventlog.Record
	ids := []string{ulid.Make().String(), ulid.Make().String(), ulid.Make().String()}
	for i := range n {
		if i%7 == 0 {
			ids = append(ids[1:], ulid.Make().String())
		}
		domain := []string{"ordering", "kitchen", "payment"}[i%3]
		records = append(records, record(uint64(i*2+1), domain, ids[i%3], fmt.Appendf(nil, "fact %d of something that is as long as events are, more or less", i)))
	}
	return records
}

func collect(t require.TestingT, s *segment.Segment, after uint64, domains ...string) (out []eventlog.Record) {
	for r, err := range s.Since(after, domains...) {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out
}

func TestWhatIsReadIsWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var records []eventlog.Record
		position := uint64(0)
		ids := rapid.SliceOfN(rapid.StringMatching(`[0-7][0-9A-HJKMNP-TV-Z]{25}`), 1, 4).Draw(t, "ids")
		for range rapid.IntRange(1, 60).Draw(t, "events") {
			position += rapid.Uint64Range(1, 1<<40).Draw(t, "gap")
			headers := nats.Header{}
			for name, value := range rapid.MapOfN(rapid.String(), rapid.String(), 0, 5).Draw(t, "headers") {
				headers[name] = []string{value}
			}
			records = append(records, eventlog.Record{
				Position: position, Header: headers, Data: rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(t, "data"),
				Subject: "evt." + rapid.SampledFrom([]string{"ordering", "kitchen"}).Draw(t, "domain") + "." + rapid.SampledFrom(ids).Draw(t, "id"),
			})
		}
		content, info, err := segment.Write(records)
		require.NoError(t, err)
		s, err := segment.Open(content, info)
		require.NoError(t, err)
		read := collect(t, s, 0)
		again, err := segment.Describe(read)
		require.NoError(t, err)
		require.True(t, info.Describes(again))
		for i := range records {
			require.Equal(t, records[i].Header, read[i].Header)
			require.Equal(t, string(records[i].Data), string(read[i].Data))
		}
		after := rapid.Uint64Range(0, position).Draw(t, "after")
		require.Len(t, collect(t, s, after), len(slices.DeleteFunc(slices.Clone(records), func(r eventlog.Record) bool { return r.Position <= after })))
	})
}

func TestAggregatesAndPositionsAreFoundInALongSegment(t *testing.T) {
	records := stretch(20_000)
	content, info, err := segment.Write(records)
	require.NoError(t, err)
	s, err := segment.Open(content, info)
	require.NoError(t, err)
	_, id, _ := eventlog.Split(records[17_000].Subject)
	var all, kitchen []uint64
	for _, r := range records {
		domain, of, _ := eventlog.Split(r.Subject)
		if of != id {
			continue
		}
		all = append(all, r.Position)
		if domain == "kitchen" {
			kitchen = append(kitchen, r.Position)
		}
	}
	positions := func(found []eventlog.Record, err error) (out []uint64) {
		require.NoError(t, err)
		for _, r := range found {
			out = append(out, r.Position)
		}
		return out
	}
	require.Equal(t, all, positions(s.Of(id)))
	require.Equal(t, kitchen, positions(s.Of(id, "kitchen")))
	require.Empty(t, positions(s.Of(ulid.Make().String())))
	r, found, err := s.At(records[12_345].Position)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, records[12_345], r)
	_, found, err = s.At(records[12_345].Position + 1)
	require.NoError(t, err)
	require.False(t, found)
	require.Equal(t, records[19_000:], collect(t, s, records[18_999].Position))
	n, err := s.Count(records[18_999].Position, "kitchen", "ordering")
	require.NoError(t, err)
	require.EqualValues(t, 667, n)
}

func TestAnotherFileIsNotTakenForIt(t *testing.T) {
	content, info, err := segment.Write(stretch(10))
	require.NoError(t, err)
	for _, at := range []int{0, len(content) / 2, len(content) - 1} {
		broken := slices.Clone(content)
		broken[at] ^= 1
		_, err = segment.Open(broken, info)
		require.ErrorIs(t, err, segment.ErrDamaged)
	}
	_, err = segment.Open(content[:len(content)-1], info)
	require.ErrorIs(t, err, segment.ErrDamaged)
}

func TestWhatCannotBeKeptAsItStoodIsRefused(t *testing.T) {
	r := record(1, "ordering", ulid.Make().String(), nil)
	r.Header["ce-id"] = []string{"one", "two"}
	_, _, err := segment.Write([]eventlog.Record{r})
	require.ErrorContains(t, err, "ce-id has 2 values")
	_, _, err = segment.Write([]eventlog.Record{record(2, "ordering", "a", nil), record(2, "ordering", "a", nil)})
	require.ErrorContains(t, err, "comes behind")
	_, _, err = segment.Write(nil)
	require.Error(t, err)
}

func BenchmarkRead(b *testing.B) {
	content, info, err := segment.Write(stretch(50_000))
	require.NoError(b, err)
	b.ReportMetric(float64(len(content))/50_000, "bytes/event")
	b.ResetTimer()
	n := 0
	for b.Loop() {
		s, err := segment.Open(content, info)
		require.NoError(b, err)
		for _, err := range s.Since(0) {
			require.NoError(b, err)
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
}
