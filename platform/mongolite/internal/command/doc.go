// Package command owns what each command on ADR 0003's list reads, does and answers.
// Its callers own connections and bytes on the wire; the store owns documents.
// A field, option or operator that is not on the list is an error that names it, whatever its value.
package command
