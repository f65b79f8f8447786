// Package board is what the people in one restaurant's kitchen look at all day: their open tickets, whether they take
// orders, and what is sold out. It owns the document, one per restaurant, and what leaves it; the server streams it whole.
// What is over is not on it, but for tickets that were just cancelled: the tickets' view has all.
package board
