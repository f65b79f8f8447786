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
	reader
}

// reader hides the file's own type: it is generic in most of its parts, and whatever holds a log would compile all of them anew.
type reader interface {
	// Since returns the events behind a position, in order; of these domains only, where any are given.
	Since(after uint64, domains ...string) iter.Seq2[eventlog.Record, error]
	// Of returns the events of the aggregates that bear an id, in order; of these domains only, where any are given.
	Of(id string, domains ...string) ([]eventlog.Record, error)
	// At returns the event at a position, if it is here.
	At(position uint64) (eventlog.Record, bool, error)
}

// file is a segment's columns.
type file struct {
	name   string
	groups []parquet.RowGroup
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
	opened, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, info.Name, err)
	}
	if n := len(opened.Schema().Columns()); n != columns {
		return nil, fmt.Errorf("%w: %s has %d columns", ErrDamaged, info.Name, n)
	}
	return &Segment{Info: info, reader: &file{name: info.Name, groups: opened.RowGroups()}}, nil
}

const rowsAtOnce = 256

func (f *file) Since(after uint64, domains ...string) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for _, group := range f.groups {
			if last, ok := lastOf(group); ok && last <= after {
				continue
			}
			if !f.rows(group, 0, after, domains, yield) {
				return
			}
		}
	}
}

// rows yields those of one group from a row on; false: no more are wanted.
func (f *file) rows(
	group parquet.RowGroup, from int64, after uint64, domains []string, yield func(eventlog.Record, error) bool,
) (more bool) {
	rows := group.Rows()
	defer func() { _ = rows.Close() }() // it is in memory
	if err := rows.SeekToRow(from); err != nil {
		yield(eventlog.Record{}, f.damaged(err))
		return false
	}
	c := copier{names: map[string]string{}}
	buffer := make([]parquet.Row, rowsAtOnce)
	for {
		n, err := rows.ReadRows(buffer)
		for _, r := range buffer[:n] {
			record := c.record(r)
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
			yield(eventlog.Record{}, f.damaged(err))
			return false
		}
	}
}

func (f *file) damaged(err error) error {
	return fmt.Errorf("%w: %s: %w", ErrDamaged, f.name, err)
}

// copier makes records of rows, which live until the next is read.
type copier struct {
	// names keeps one of each header's name; the rest is what one row after another is taken apart in.
	names           map[string]string
	headers, values [][]byte
	text            []byte
}

func (c *copier) record(r parquet.Row) eventlog.Record {
	var out eventlog.Record
	c.headers, c.values = c.headers[:0], c.values[:0]
	for _, cell := range r {
		switch cell.Column() {
		case columnPosition:
			out.Position = uint64(cell.Int64())
		case columnSubject:
			out.Subject = string(cell.ByteArray())
		case columnData:
			out.Data = bytes.Clone(cell.ByteArray())
		case columnHeader:
			if !cell.IsNull() {
				c.headers = append(c.headers, cell.ByteArray())
			}
		case columnValue:
			if !cell.IsNull() {
				c.values = append(c.values, cell.ByteArray())
			}
		}
	}
	out.Header = c.header()
	return out
}

// header makes one string and one array of all values: this is on a replay's way.
func (c *copier) header() nats.Header {
	c.text = c.text[:0]
	for _, v := range c.values {
		c.text = append(c.text, v...)
	}
	text, each := string(c.text), make([]string, len(c.values))
	out := make(nats.Header, len(c.headers))
	for i, name := range c.headers {
		known, ok := c.names[string(name)]
		if !ok {
			known = string(name)
			c.names[known] = known
		}
		each[i], text = text[:len(c.values[i])], text[len(c.values[i]):]
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
