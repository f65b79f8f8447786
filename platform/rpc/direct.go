package rpc

import (
	"context"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/stats"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// direct makes unary calls on the caller's goroutine: a goroutine of its own for each call would grow its stack anew each time.
// A handler that pays no heed to its context therefore holds up a caller that has given up; ours do.
type direct struct {
	methods        map[string]method
	client, server stats.Handler
}

type method struct {
	service any
	handle  grpc.MethodHandler
}

// RegisterService adds the unary methods.
func (d *direct) RegisterService(desc *grpc.ServiceDesc, service any) {
	for _, m := range desc.Methods {
		d.methods["/"+desc.ServiceName+"/"+m.MethodName] = method{service, m.Handler}
	}
}

// Invoke calls the handler. Of the options it knows those that ask for metadata.
func (d *direct) Invoke(ctx context.Context, name string, req, resp any, options ...grpc.CallOption) error {
	m, ok := d.methods[name]
	if !ok {
		return status.Errorf(codes.Unimplemented, "%s is not implemented", strings.TrimPrefix(name, "/"))
	}
	return observe(ctx, d.client, name, true, func(ctx context.Context) error {
		var answer transport
		got, err := d.serve(ctx, m, &answer, name, req)
		for _, o := range options {
			switch o := o.(type) {
			case grpc.HeaderCallOption:
				*o.HeaderAddr = answer.header
			case grpc.TrailerCallOption:
				*o.TrailerAddr = answer.trailer
			}
		}
		if err != nil {
			return err
		}
		return move(resp, got)
	})
}

func (d *direct) serve(ctx context.Context, m method, answer *transport, name string, req any) (got any, err error) {
	answer.name = name
	sent, _ := metadata.FromOutgoingContext(ctx)
	ctx = metadata.NewIncomingContext(stranger{ctx}, sent)
	ctx = grpc.NewContextWithServerTransportStream(ctx, answer)
	err = observe(ctx, d.server, name, false, func(ctx context.Context) error {
		got, err = m.handle(m.service, ctx, func(into any) error { return copyTo(into, req) }, nil)
		return err
	})
	return got, err
}

// observe tells the handler what the network's transport would.
func observe(ctx context.Context, h stats.Handler, name string, client bool, call func(context.Context) error) error {
	ctx = h.TagRPC(ctx, &stats.RPCTagInfo{FullMethodName: name})
	begin := time.Now()
	h.HandleRPC(ctx, &stats.Begin{Client: client, BeginTime: begin})
	err := call(ctx)
	h.HandleRPC(ctx, &stats.End{Client: client, BeginTime: begin, EndTime: time.Now(), Error: err})
	return err
}

// stranger is a context that ends with another and knows none of its values: a server learns what metadata says.
type stranger struct{ context.Context }

func (stranger) Value(any) any { return nil }

// AfterFunc spares contexts that are made from this one a goroutine that waits for its end.
func (s stranger) AfterFunc(f func()) (stop func() bool) { return context.AfterFunc(s.Context, f) }

// transport keeps the metadata that a handler answers with. A handler sets it from its own goroutine.
type transport struct {
	name            string
	header, trailer metadata.MD
}

func (t *transport) Method() string { return t.name }

func (t *transport) SetHeader(md metadata.MD) error {
	t.header = metadata.Join(t.header, md)
	return nil
}

func (t *transport) SendHeader(md metadata.MD) error { return t.SetHeader(md) }

func (t *transport) SetTrailer(md metadata.MD) error {
	t.trailer = metadata.Join(t.trailer, md)
	return nil
}

// copyTo gives the handler a request of its own: it may seal it in place, while who sent it goes on with what it has.
func copyTo(into, from any) error {
	to, of, err := messages(into, from)
	if err == nil {
		proto.Merge(to, of)
	}
	return err
}

// move fills the answer with what the handler has made, which nobody else holds any more: its parts are not copied.
func move(into, from any) error {
	to, of, err := messages(into, from)
	if err != nil {
		return err
	}
	proto.Reset(to)
	answer := to.ProtoReflect()
	of.ProtoReflect().Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		answer.Set(f, v)
		return true
	})
	return nil
}

func messages(into, from any) (to, of proto.Message, err error) {
	to, isMessage := into.(proto.Message)
	of, areMessages := from.(proto.Message)
	if !isMessage || !areMessages {
		return nil, nil, status.Errorf(codes.Internal, "%T and %T are not both protobuf messages", from, into)
	}
	return to, of, nil
}
