// Package lease lets one process at a time do a piece of work, and keeps how far it got, in one entry of a JetStream bucket.
// It owns electing, beating, fencing and the position; callers own the work, which must bear being repeated from the
// position. It does not promise that two holders never overlap: one that was cut off learns of its successor late, so
// everything that it does must be guarded or harmless when repeated; only the position is fenced.
package lease
