package segment

import (
	"bytes"
	"fmt"
	"time"

	"github.com/parquet-go/parquet-go"

	"tiffin/platform/eventlog"
)

// row is an event as others read it. Id, type and time are the headers' again, for who asks in SQL.
type row struct {
	Position int64             `parquet:"position,delta"`
	Subject  string            `parquet:"subject,dict"`
	ID       string            `parquet:"id"`
	Type     string            `parquet:"type,dict"`
	Time     int64             `parquet:"time,timestamp(nanosecond),delta"`
	Headers  map[string]string `parquet:"headers"`
	Data     []byte            `parquet:"data"`
}

// The row groups are small, so that who reads a segment in order holds little of it open.
const rowsPerGroup = 8_000

// Write returns the file of a segment, and what is to be known of it. An event with a header of several values can't be kept.
func Write(records []eventlog.Record) ([]byte, Info, error) {
	info, err := Describe(records)
	if err != nil {
		return nil, Info{}, err
	}
	var out bytes.Buffer
	w := parquet.NewGenericWriter[row](&out, parquet.Compression(codec), parquet.MaxRowsPerRowGroup(rowsPerGroup),
		parquet.KeyValueMetadata("tiffin.digest", info.Digest))
	for _, r := range records {
		kept, err := rowOf(r)
		if err != nil {
			return nil, Info{}, err
		}
		if _, err := w.Write([]row{kept}); err != nil {
			return nil, Info{}, fmt.Errorf("write event %d: %w", r.Position, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, Info{}, fmt.Errorf("write segment: %w", err)
	}
	info.Sum, info.Bytes = Sum(out.Bytes()), int64(out.Len())
	return out.Bytes(), info, nil
}

func rowOf(r eventlog.Record) (row, error) {
	out := row{Position: int64(r.Position), Subject: r.Subject, Headers: make(map[string]string, len(r.Header)), Data: r.Data}
	for name, values := range r.Header {
		if len(values) != 1 {
			return row{}, fmt.Errorf("event %d: the header %s has %d values", r.Position, name, len(values))
		}
		out.Headers[name] = values[0]
	}
	said := r.Said()
	out.ID, out.Type = said.ID, said.Type
	if !said.Time.IsZero() {
		out.Time = said.Time.UnixNano()
	}
	return out, nil
}

// Moment returns a time as the column has it.
func Moment(nanoseconds int64) time.Time { return time.Unix(0, nanoseconds).UTC() }
