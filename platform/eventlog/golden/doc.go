// Package golden keeps, of every event ever published, one as it stands in the log, version by version.
// It owns those bytes, and a test that names what has none; callers own what they do with the events, which they see as any
// reader of the log does. Bytes are only ever added: what was published may be in some log for ever.
package golden
