// Package deliveries is what a courier has taken on, and what it earned: a history, and sums by day.
// It owns the document, how events change it, and its queries; the server owns who may look, and by whose clock a day begins.
// It keeps nothing of whom a delivery went to, so there is nothing in it to erase.
package deliveries
