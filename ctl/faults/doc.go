// Package faults is `tiffinctl faults`: what consumers of the log could not process, and the request to process it again.
// It owns choosing faults and telling of them; platform/fault owns what is parked, and the consumer alone processes it.
// Looking changes nothing, and what is personal is redacted in whatever is told.
package faults
