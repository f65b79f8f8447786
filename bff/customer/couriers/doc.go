// Package couriers is what customers may know of couriers: the given name, and how each gets about.
// It owns the document and how a courier's joining makes it; the server owns who gets to see whom, and when.
// It does not know where anybody is, nor what they carry.
package couriers
