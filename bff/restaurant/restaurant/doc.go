// Package restaurant is what every view of this BFF knows of a restaurant: how it presents itself, and whether it takes orders.
// It owns the fields and how events change them; the views that embed it own their documents, and the server owns what
// depends on the moment. It does not know the menu.
package restaurant
