// Package sales is what a restaurant sold: a document for each of its orders, so that an event rewrites only its own.
// It owns which orders count, how events change that, and the sums by day, hour and item; the server owns who may look.
// Sums are made when they are asked for, from the orders of a week.
package sales
