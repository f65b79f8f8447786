// Package check judges a system by what it was asked and answered, by its log, its views and the card processor's file.
// It owns the rules, each in a file of its own; callers own the history, when everything has come to its end, and that nobody
// writes to the log meanwhile. What was neither recorded nor is in the log, it does not know.
package check
