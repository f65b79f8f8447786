package problem

import (
	"context"
	"errors"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"
)

// domain is the ErrorInfo domain of every code of ours.
const domain = "tiffin"

var grpcCodes = map[Kind]codes.Code{
	Internal:        codes.Internal,
	Invalid:         codes.InvalidArgument,
	Refused:         codes.FailedPrecondition,
	NotFound:        codes.NotFound,
	Unauthenticated: codes.Unauthenticated,
	Forbidden:       codes.PermissionDenied,
	KeyReused:       codes.AlreadyExists,
	Contended:       codes.Aborted,
	Unavailable:     codes.Unavailable,
	Exhausted:       codes.ResourceExhausted,
}

// GRPCStatus makes grpc-go send the problem as google.rpc.Status with an ErrorInfo and, where fields are wrong, a BadRequest.
func (p *Problem) GRPCStatus() *status.Status {
	details := []protoadapt.MessageV1{&errdetails.ErrorInfo{Reason: p.Code, Domain: domain, Metadata: p.Meta}}
	if len(p.Violations) > 0 {
		bad := &errdetails.BadRequest{}
		for _, v := range p.Violations {
			bad.FieldViolations = append(bad.FieldViolations,
				&errdetails.BadRequest_FieldViolation{Field: v.Field, Description: v.Description})
		}
		details = append(details, bad)
	}
	st := status.New(grpcCodes[p.Kind], p.Detail)
	if with, err := st.WithDetails(details...); err == nil {
		return with
	}
	return st
}

// From finds the problem in an error: one of ours, one that arrived over gRPC, or a context that ended. Anything else
// becomes Internal, without a word of the error's own text; callers log the error itself. Of a status that is not ours the
// kind is kept, and the text only where it tells what is wrong with a request: gRPC itself names addresses and methods in
// its own. From(nil) is nil.
func From(err error) *Problem {
	if err == nil {
		return nil
	}
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	// Not status.FromError: around a wrapped status it puts the wrappers' words into the message.
	var arrived interface{ GRPCStatus() *status.Status }
	if errors.As(err, &arrived) {
		return fromStatus(arrived.GRPCStatus())
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return New(Unavailable, "DEADLINE_EXCEEDED", "the request took longer than it was given")
	case errors.Is(err, context.Canceled):
		return New(Unavailable, "CANCELLED", "the request was called off")
	}
	return internal()
}

func internal() *Problem { return New(Internal, "INTERNAL", "something went wrong on our side") }

func fromStatus(st *status.Status) *Problem {
	p, ours := &Problem{Kind: kindOf(st.Code()), Detail: st.Message()}, false
	for _, d := range st.Details() {
		switch d := d.(type) {
		case *errdetails.ErrorInfo:
			if d.GetDomain() == domain {
				p.Code, p.Meta, ours = d.GetReason(), d.GetMetadata(), true
			}
		case *errdetails.BadRequest:
			for _, v := range d.GetFieldViolations() {
				p.Violations = append(p.Violations, Violation{Field: v.GetField(), Description: v.GetDescription()})
			}
		case *validate.Violations:
			for _, v := range d.GetViolations() {
				p.Violations = append(p.Violations,
					Violation{Field: protovalidate.FieldPathString(v.GetField()), Description: v.GetMessage()})
			}
		}
	}
	switch {
	case p.Kind == Internal:
		return internal()
	case !ours:
		p.Code = defaultCode(st.Code())
		if p.Kind != Invalid {
			p.Detail = defaultDetails[p.Kind]
		}
	}
	return p
}

// defaultDetails are shown for statuses that are not ours.
var defaultDetails = map[Kind]string{
	Refused:         "the state of things speaks against it",
	NotFound:        "there is no such thing",
	Unauthenticated: "this needs a signed-in caller",
	Forbidden:       "this caller may not do that",
	KeyReused:       "this was there already",
	Contended:       "others changed the same thing at the same time; please repeat",
	Unavailable:     "something that is needed does not answer; please repeat later",
	Exhausted:       "that is too much at once; please repeat later",
}

func kindOf(code codes.Code) Kind {
	for kind, c := range grpcCodes {
		if c == code {
			return kind
		}
	}
	switch code {
	case codes.OutOfRange:
		return Invalid
	case codes.DeadlineExceeded, codes.Canceled:
		return Unavailable
	case codes.Unimplemented:
		return NotFound
	default:
		return Internal
	}
}

func defaultCode(code codes.Code) string {
	switch code {
	case codes.InvalidArgument, codes.OutOfRange:
		return "INVALID_ARGUMENT"
	case codes.FailedPrecondition:
		return "REFUSED"
	case codes.NotFound, codes.Unimplemented:
		return "NOT_FOUND"
	case codes.Unauthenticated:
		return "UNAUTHENTICATED"
	case codes.PermissionDenied:
		return "FORBIDDEN"
	case codes.AlreadyExists:
		return "IDEMPOTENCY_KEY_REUSED"
	case codes.Aborted:
		return "CONTENDED"
	case codes.ResourceExhausted:
		return "TOO_MANY_REQUESTS"
	case codes.DeadlineExceeded:
		return "DEADLINE_EXCEEDED"
	case codes.Canceled:
		return "CANCELLED"
	default:
		return "UNAVAILABLE"
	}
}
