// Package segment is the file format of the lake: a stretch of events as Parquet, with columns that other tools can read.
// It owns the columns, the digest by which a stretch is told from any other, and finding single aggregates in a file; callers
// own where files are. Events are kept as they stood in the log: headers and data are the same bytes, personal fields sealed.
package segment
