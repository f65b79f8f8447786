// Package restaurant is what every view of this BFF knows of a restaurant: how it presents itself, when and where it delivers.
// It owns the fields, how events change them, and which events concern them; the views that embed it own their documents.
// It does not know the menu.
package restaurant
