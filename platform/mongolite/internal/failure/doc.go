// Package failure owns the errors that mongolite answers with, each with the code and the code name of MongoDB's.
// Its callers own the message, which always names what was refused.
// An error of another type that reaches the wire is shown as InternalError, and its text stays in the log.
package failure
