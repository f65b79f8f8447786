// Package restaurants is the search of those who order: one document per restaurant, with its words and the cells it serves.
// It owns the document, how events change it, and the coarse query; the server owns exact distances, the moment and paging.
// The cells cover a little more than the delivery area, never less.
package restaurants
