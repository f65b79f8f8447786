// Package lake is tiffinctl's hand on the event lake: what is in it, whether it is whole, and bringing old events there.
// It owns printing; platform/lake owns what is done. Only `export --do` changes anything.
package lake
