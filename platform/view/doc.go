// Package view keeps the read models of a BFF: it owns reading the log in order, routing and folding events into documents,
// writing them with the checkpoint, the lease that elects one applier, waiting, change notices, parking what it can't process, and
// building versions and generations beside what is served; callers own the document, the pure Route and Apply, and their queries.
// A document at a position is the fold of the events up to it, whoever wrote it and however often; readers may see some of
// a batch's documents before the others, and a standing-by replica learns of progress a little later than the applier.
// Documents must survive a round trip through BSON (times keep milliseconds), because a fold may stop and resume anywhere.
package view
