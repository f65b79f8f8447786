// Package sales is what one restaurant sold: a document for each of its hours, with the orders whose ids were made in it.
// It owns which orders count, how events change that, and the sums by day, hour and item; the server owns who may look.
// Ids are made by clients up to a day early or late, so an order's hour here only finds it: sums go by when it was placed.
package sales
