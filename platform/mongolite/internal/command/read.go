package command

import (
	"math"
	"strings"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// unsupported are MongoDB's options that are not on the list: they are refused as
// what they are, not as unknown.
const unsupported = " collation let min max tailable awaitData returnKey showRecordId oplogReplay arrayFilters sort c " +
	"capped size storageEngine indexOptionDefaults validator validationLevel validationAction viewOn pipeline timeseries " +
	"expireAfterSeconds changeStreamPreAndPostImages clusteredIndex encryptedFields partialFilterExpression sparse hidden " +
	"weights default_language language_override textIndexVersion 2dsphereIndexVersion bits wildcardProjection explain " +
	"rawData fields bypassEmptyTsReplacement apiVersion apiStrict apiDeprecationErrors unique new "

// unknown refuses a field that the command doesn't read.
func unknown(command, field string) error {
	if field != "" && !strings.Contains(field, " ") && strings.Contains(unsupported, " "+field+" ") {
		return failure.New(failure.InvalidOptions, "mongolite does not support the option '%s.%s'", command, field)
	}
	return failure.New(failure.UnknownField, "BSON field '%s.%s' is an unknown field.", command, field)
}

func wrongType(command, field string, v value.Value, want string) error {
	if command != "" {
		field = command + "." + field
	}
	return failure.New(failure.TypeMismatch, "BSON field '%s' is the wrong type '%s', expected type '%s'",
		field, value.TypeName(v.Type), want)
}

func text(command, field string, v value.Value) (string, error) {
	if v.Type != bsoncore.TypeString {
		return "", wrongType(command, field, v, "string")
	}
	return value.Text(v), nil
}

func whole(command, field string, v value.Value) (int64, error) {
	n, ok := value.Whole(v)
	if !ok {
		return 0, wrongType(command, field, v, "long")
	}
	return n, nil
}

// amount is a whole number that is not negative.
func amount(command, field string, v value.Value) (int64, error) {
	n, err := whole(command, field, v)
	if err == nil && n < 0 {
		err = failure.New(failure.BadValue, "BSON field '%s.%s' value must be >= 0, actual value '%d'", command, field, n)
	}
	return min(n, math.MaxInt32*1000), err
}

func truth(command, field string, v value.Value) (bool, error) {
	truth, ok := value.Truth(v)
	if !ok {
		return false, wrongType(command, field, v, "bool")
	}
	return truth, nil
}

// document reads a document; a missing one is nil, and so is null.
func document(command, field string, v value.Value) (bsoncore.Document, error) {
	switch v.Type {
	case bsoncore.TypeEmbeddedDocument:
		return v.Data, nil
	case bsoncore.TypeNull, value.Missing:
		return nil, nil
	default:
		return nil, wrongType(command, field, v, "object")
	}
}
