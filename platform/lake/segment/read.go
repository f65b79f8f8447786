package segment

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/parquet-go/parquet-go"

	"tiffin/platform/eventlog"
)

// Segment is an open file. It is safe for concurrent use.
type Segment struct {
	Info Info
	file *parquet.File
}

// The columns as they lie in a row, one behind the other.
const (
	columnPosition = iota
	columnSubject
	_ // id
	_ // type
	_ // time
	columnHeader
	columnValue
	columnData
	columns
)

// Open opens the content of the file that the info is of. ErrDamaged is returned where it is another.
func Open(content []byte, info Info) (*Segment, error) {
	if int64(len(content)) != info.Bytes || Sum(content) != info.Sum {
		return nil, fmt.Errorf("%w: %s is not the file that was written", ErrDamaged, info.Name)
	}
	file, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, info.Name, err)
	}
	if n := len(file.Schema().Columns()); n != columns {
		return nil, fmt.Errorf("%w: %s has %d columns", ErrDamaged, info.Name, n)
	}
	return &Segment{Info: info, file: file}, nil
}

const rowsAtOnce = 256

// Since returns the events behind a position, in order; of these domains only, where any are given.
func (s *Segment) Since(after uint64, domains ...string) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for _, group := range s.file.RowGroups() {
			if last, ok := lastOf(group); ok && last <= after {
				continue
			}
			if !s.rows(group, 0, after, domains, yield) {
				return
			}
		}
	}
}

// rows yields those of one group from a row on; false: no more are wanted.
func (s *Segment) rows(
	group parquet.RowGroup, from int64, after uint64, domains []string, yield func(eventlog.Record, error) bool,
) (more bool) {
	rows := group.Rows()
	defer func() { _ = rows.Close() }() // it is in memory
	if err := rows.SeekToRow(from); err != nil {
		yield(eventlog.Record{}, s.damaged(err))
		return false
	}
	names := map[string]string{}
	buffer := make([]parquet.Row, rowsAtOnce)
	for {
		n, err := rows.ReadRows(buffer)
		for _, r := range buffer[:n] {
			record := recordOf(r, names)
			if record.Position <= after || !wanted(record.Subject, domains) {
				continue
			}
			if !yield(record, nil) {
				return false
			}
		}
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			yield(eventlog.Record{}, s.damaged(err))
			return false
		}
	}
}

func (s *Segment) damaged(err error) error { return fmt.Errorf("%w: %s: %w", ErrDamaged, s.Info.Name, err) }

// recordOf copies what it takes: the row lives until the next is read. names keeps one of each header's name.
func recordOf(r parquet.Row, names map[string]string) eventlog.Record {
	var out eventlog.Record
	var headers, values [][]byte
	r.Range(func(column int, cells []parquet.Value) bool {
		switch column {
		case columnPosition:
			out.Position = uint64(cells[0].Int64())
		case columnSubject:
			out.Subject = string(cells[0].ByteArray())
		case columnData:
			out.Data = bytes.Clone(cells[0].ByteArray())
		case columnHeader, columnValue:
			for _, c := range cells {
				if c.IsNull() {
					break
				}
				if column == columnHeader {
					headers = append(headers, c.ByteArray())
				} else {
					values = append(values, c.ByteArray())
				}
			}
		}
		return true
	})
	out.Header = headersOf(headers, values, names)
	return out
}

// headersOf makes one string and one array of all values: this is on a replay's way.
func headersOf(headers, values [][]byte, names map[string]string) nats.Header {
	length := 0
	for _, v := range values {
		length += len(v)
	}
	all := make([]byte, 0, length)
	for _, v := range values {
		all = append(all, v...)
	}
	text, each := string(all), make([]string, len(values))
	out := make(nats.Header, len(headers))
	for i, name := range headers {
		known, ok := names[string(name)]
		if !ok {
			known = string(name)
			names[known] = known
		}
		each[i], text = text[:len(values[i])], text[len(values[i]):]
		out[known] = each[i : i+1 : i+1]
	}
	return out
}

func wanted(subject string, domains []string) bool {
	if len(domains) == 0 {
		return true
	}
	domain, _, _ := eventlog.Split(subject)
	return slices.Contains(domains, domain)
}

// lastOf returns the last position of a group, as its index says.
func lastOf(group parquet.RowGroup) (uint64, bool) {
	index, err := group.ColumnChunks()[columnPosition].ColumnIndex()
	if err != nil || index.NumPages() == 0 {
		return 0, false
	}
	last := index.NumPages() - 1
	if index.NullPage(last) {
		return 0, false
	}
	return uint64(index.MaxValue(last).Int64()), true
}
