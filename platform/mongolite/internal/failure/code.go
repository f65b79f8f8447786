package failure

import "strconv"

// Code is one of MongoDB's error codes.
type Code int32

// The codes that mongolite answers with.
const (
	InternalError             Code = 1
	BadValue                  Code = 2
	FailedToParse             Code = 9
	Unauthorized              Code = 13
	TypeMismatch              Code = 14
	Overflow                  Code = 15
	InvalidLength             Code = 16
	IllegalOperation          Code = 20
	NamespaceNotFound         Code = 26
	IndexNotFound             Code = 27
	PathNotViable             Code = 28
	ConflictingUpdate         Code = 40
	CursorNotFound            Code = 43
	NamespaceExists           Code = 48
	MaxTimeMSExpired          Code = 50
	DollarPrefixedFieldName   Code = 52
	InvalidIDField            Code = 53
	NotSingleValueField       Code = 54
	CommandNotFound           Code = 59
	ImmutableField            Code = 66
	CannotCreateIndex         Code = 67
	InvalidOptions            Code = 72
	InvalidNamespace          Code = 73
	IndexOptionsConflict      Code = 85
	IndexKeySpecsConflict     Code = 86
	ShutdownInProgress        Code = 91
	ParallelArrays            Code = 171
	UnsupportedOpQuery        Code = 352
	BSONObjectTooLarge        Code = 10334
	DuplicateKey              Code = 11000
	CursorInUse               Code = 12051
	PathCollision             Code = 31249
	MixedProjection           Code = 31253
	UnrecognizedPipelineStage Code = 40324
	MissingField              Code = 40414
	UnknownField              Code = 40415
	InvalidRegex              Code = 51091
)

var names = map[Code]string{
	InternalError: "InternalError", BadValue: "BadValue", FailedToParse: "FailedToParse", Unauthorized: "Unauthorized",
	TypeMismatch: "TypeMismatch", Overflow: "Overflow", InvalidLength: "InvalidLength", IllegalOperation: "IllegalOperation",
	NamespaceNotFound: "NamespaceNotFound", IndexNotFound: "IndexNotFound", PathNotViable: "PathNotViable",
	ConflictingUpdate: "ConflictingUpdateOperators", CursorNotFound: "CursorNotFound", NamespaceExists: "NamespaceExists",
	MaxTimeMSExpired: "MaxTimeMSExpired", DollarPrefixedFieldName: "DollarPrefixedFieldName", InvalidIDField: "InvalidIdField",
	NotSingleValueField: "NotSingleValueField", CommandNotFound: "CommandNotFound", ImmutableField: "ImmutableField",
	CannotCreateIndex: "CannotCreateIndex",
	InvalidOptions:    "InvalidOptions", InvalidNamespace: "InvalidNamespace", IndexOptionsConflict: "IndexOptionsConflict",
	IndexKeySpecsConflict: "IndexKeySpecsConflict", ShutdownInProgress: "ShutdownInProgress",
	ParallelArrays: "CannotIndexParallelArrays", UnsupportedOpQuery: "UnsupportedOpQueryCommand",
	BSONObjectTooLarge: "BSONObjectTooLarge", DuplicateKey: "DuplicateKey", CursorInUse: "CursorInUse",
}

// String is the code's name, as in an answer's codeName.
func (c Code) String() string {
	if name, ok := names[c]; ok {
		return name
	}
	return "Location" + strconv.Itoa(int(c))
}
