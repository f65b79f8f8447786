// Package ordering is the order: its state, how events change that, and one decision per command.
// It owns what may be ordered, at which price, and when an order may be confirmed, rejected, cancelled and completed; its
// server owns identity, loading, appending and the replica of the menus that an order is checked against.
// It does not promise that the menu was still the same at the restaurant: an order says which position it was checked at.
package ordering
