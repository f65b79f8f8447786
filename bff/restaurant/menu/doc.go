// Package menu is one restaurant as its own people see it when they change it: the profile, and everything on the menu.
// It owns the document and how events change it; the server owns what depends on the moment.
// It shows sold-out items with the rest, and no customers' figures.
package menu
