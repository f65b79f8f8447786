// Package orders is what the erasure service knows of orders: whose they are that have not ended, and who is leaving, folded
// from the event log into memory. It owns the folding and concurrent reads; callers show it every event, in the log's order.
// It keeps nothing but ids, and may be shown again what it was shown before.
package orders
