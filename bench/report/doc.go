// Package report owns how figures are shown: rows against their floors, as a table, as JSON and as a plot.
// Its callers own the measuring. A row below its floor is said so plainly and is no error: floors are shown, not asserted.
package report
