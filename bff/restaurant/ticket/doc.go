// Package ticket is what every view of this BFF knows of a ticket: what is to be cooked, how far it is, and until when.
// It owns the fields and how the kitchen's events change them; the views that hold tickets own their documents.
// A wish for the kitchen is forgotten when the ticket ends, so that nothing of a person outlives the cooking.
package ticket
