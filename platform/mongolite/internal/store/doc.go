// Package store owns the documents: collections in memory, their ordered indexes, the plan of a query, and what is seen together.
// Its callers own meaning: they parse filters and updates, and turn what happened into answers.
// Readers work on immutable versions and never wait; a writer's changes are seen at Commit, all at once; nothing here reaches a disk.
package store
