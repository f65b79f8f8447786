// Package restaurant is the restaurant with its menu: its state, how events change that, and one decision per command.
// It owns the rules, profile, hours and terms included; the server beside it owns identity, loading and appending.
// It knows no time, and does not promise that a picture, an address or a currency exists outside of Tiffin.
package restaurant
