// Package menu is one restaurant as those who order see it when they choose: the restaurant with everything on its menu.
// It owns the document and how events change it; the server owns what depends on the moment and on the viewer's place.
// Prices in it may be seconds old: placing an order checks them again.
package menu
