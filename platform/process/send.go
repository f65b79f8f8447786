package process

import (
	"context"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/problem"
)

// answerWithin bounds one try of a command.
const answerWithin = 10 * time.Second

// serviceOf returns the domain whose service takes the request: "kitchen" for tiffin.kitchen.v1.OpenTicketRequest.
func serviceOf(request proto.Message) string { return eventlog.DomainOf(request) }

// send sends the command and returns its outcome; an error says that there is none yet.
func (p *Processes[S, C, E]) send(ctx context.Context, c eventlog.Command, request proto.Message) (*processv1.Answer, error) {
	method, err := methodOf(request)
	if err != nil {
		return nil, err
	}
	output, err := protoregistry.GlobalTypes.FindMessageByName(method.Output().FullName())
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	if ctx, err = p.o.As(eventlog.WithCommand(ctx, c)); err != nil {
		return nil, err
	}
	response := output.New()
	name := fmt.Sprintf("/%s/%s", method.Parent().FullName(), method.Name())
	err = p.o.Conn(serviceOf(request)).Invoke(ctx, name, request, response.Interface())
	if err == nil {
		position := response.Get(response.Descriptor().Fields().ByName("position")).Uint()
		return &processv1.Answer{CommandId: c.ID, Outcome: &processv1.Answer_Accepted{
			Accepted: &processv1.Accepted{Position: position},
		}}, nil
	}
	refusal := refusalIn(err)
	if refusal == nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &processv1.Answer{CommandId: c.ID, Outcome: &processv1.Answer_Refused{Refused: refusal}}, nil
}

// refusalIn returns the refusal that an error is; nil where repeating the command may help.
func refusalIn(err error) *processv1.Refused {
	if status.Code(err) == codes.Unimplemented { // the service behind the connection is not there yet
		return nil
	}
	switch p := problem.From(err); p.Kind {
	case problem.Invalid, problem.Refused, problem.NotFound, problem.Forbidden, problem.KeyReused:
		return &processv1.Refused{Code: p.Code, Reason: p.Detail}
	case problem.Internal, problem.Unauthenticated, problem.Contended, problem.Unavailable, problem.Exhausted:
	}
	return nil
}

// methodOf finds the method that takes the request, beside it in its package.
func methodOf(request proto.Message) (protoreflect.MethodDescriptor, error) {
	input := request.ProtoReflect().Descriptor()
	services := input.ParentFile().Services()
	for i := range services.Len() {
		name := protoreflect.Name(strings.TrimSuffix(string(input.Name()), "Request"))
		m := services.Get(i).Methods().ByName(name)
		if m != nil && m.Input().FullName() == input.FullName() && m.Output().Fields().ByName("position") != nil {
			return m, nil
		}
	}
	return nil, fmt.Errorf("process: no service takes %s as a command", input.FullName())
}
