package segment

import (
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"

	"tiffin/platform/eventlog"
)

func (f *file) Of(id string, domains ...string) ([]eventlog.Record, error) {
	return f.where(columnSubject, func(v parquet.Value) bool {
		_, bears, _ := eventlog.Split(string(v.ByteArray()))
		return bears == id
	}, domains...)
}

func (f *file) At(position uint64) (eventlog.Record, bool, error) {
	found, err := f.where(columnPosition, func(v parquet.Value) bool { return uint64(v.Int64()) == position })
	if err != nil || len(found) == 0 {
		return eventlog.Record{}, false, err
	}
	return found[0], true, nil
}

// Count returns how many events there are behind a position, of these domains only, where any are given.
func (s *Segment) Count(after uint64, domains ...string) (n uint64, err error) {
	for _, err := range s.Since(after, domains...) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// where reads one column, and of the others what belongs to the cells that match.
func (f *file) where(column int, match func(parquet.Value) bool, domains ...string) ([]eventlog.Record, error) {
	var found []eventlog.Record
	for _, group := range f.groups {
		rows, err := matching(group.ColumnChunks()[column], match)
		if err != nil {
			return nil, f.damaged(err)
		}
		for _, row := range rows {
			var failed error
			f.rows(group, row, 0, nil, func(r eventlog.Record, err error) bool {
				if failed = err; err == nil && wanted(r.Subject, domains) {
					found = append(found, r)
				}
				return false
			})
			if failed != nil {
				return nil, failed
			}
		}
	}
	return found, nil
}

// matching returns the rows of the cells that match; the column is one without repetitions.
func matching(chunk parquet.ColumnChunk, match func(parquet.Value) bool) (rows []int64, err error) {
	pages := chunk.Pages()
	defer func() { _ = pages.Close() }() // it is in memory
	cells := make([]parquet.Value, rowsAtOnce)
	for row := int64(0); ; {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		values := page.Values()
		for {
			n, err := values.ReadValues(cells)
			for _, v := range cells[:n] {
				if match(v) {
					rows = append(rows, row)
				}
				row++
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				parquet.Release(page)
				return nil, err
			}
		}
		parquet.Release(page)
	}
}
