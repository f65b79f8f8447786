package failure

import (
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// Error is a refusal by MongoDB's code.
type Error struct {
	Code    Code
	Message string

	// KeyPattern and KeyValue tell which unique index a document violated.
	KeyPattern, KeyValue bsoncore.Document
}

func (e *Error) Error() string { return e.Message }

// New makes an error of the code with a formatted message.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Of finds the Error in err's chain. Any other error becomes an InternalError
// that keeps its text to itself.
func Of(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{Code: InternalError, Message: "internal error"}
}
