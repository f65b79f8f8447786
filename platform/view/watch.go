package view

import (
	"context"
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"sync"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/trace"

	"tiffin/platform/telemetry"
)

var plainID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// token makes a document's id one token of a subject.
func token(id string) string {
	if plainID.MatchString(id) {
		return id
	}
	return "=" + base64.RawURLEncoding.EncodeToString([]byte(id))
}

// Notice says that a document may have changed since the last notice was read.
type Notice struct {
	causes causes
	start  func(context.Context, causes) (context.Context, trace.Span)
}

// watchers are the channels of this process that wait for documents to change.
type watchers struct {
	mu   sync.Mutex
	byID map[string]map[chan Notice]struct{} // by the id's token
}

// tell leaves the channel with one notice, of all that its watcher has not read yet. Whoever calls it holds the lock, so
// that nobody else can fill the channel meanwhile.
func tell(c chan Notice, n Notice) {
	select {
	case earlier := <-c:
		n.causes = earlier.causes.then(n.causes)
		if n.start == nil {
			n.start = earlier.start
		}
	default:
	}
	c <- n
}

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // it has one to read already
	}
}

func (w *watchers) wake(token string, n Notice) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.byID[token] {
		tell(c, n)
	}
}

func (w *watchers) wakeAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, channels := range w.byID {
		for c := range channels {
			tell(c, Notice{})
		}
	}
}

// Watch returns a channel that holds a notice whenever the document may have changed since the last notice was read; several
// changes may make one notice, and one change two. It ends, with its channel left open, when ctx ends or cancel is called.
func (v *View[D]) Watch(ctx context.Context, id string) (<-chan Notice, func()) {
	w, key, c := &v.watchers, token(id), make(chan Notice, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.byID == nil {
		w.byID = map[string]map[chan Notice]struct{}{}
	}
	if w.byID[key] == nil {
		w.byID[key] = map[chan Notice]struct{}{}
	}
	w.byID[key][c] = struct{}{}
	remove := sync.OnceFunc(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.byID[key], c)
		if len(w.byID[key]) == 0 {
			delete(w.byID, key)
		}
	})
	stop := context.AfterFunc(ctx, remove)
	return c, func() {
		stop()
		remove()
	}
}

func (v *View[D]) subject() string { return "view." + v.o.BFF + "." + v.spec.Name }

// checkpointSubject has a token less than the documents' and tells standing-by replicas of this version to look.
func (v *View[D]) checkpointSubject() string { return "view." + v.o.BFF + "." + v.spec.collection() }

// announce tells this process and the other replicas which documents have changed. Notices may be lost: they are hints, and
// replicas look at the checkpoint from time to time besides. They carry the spans that wrote the document.
func (v *View[D]) announce(ids []string, written map[string]causes) {
	if v.o.NATS == nil {
		for _, id := range ids {
			v.watchers.wake(token(id), Notice{written[id], v.startPush})
		}
		return
	}
	errs := []error{v.o.NATS.Publish(v.checkpointSubject(), nil)}
	for _, id := range ids {
		errs = append(errs, v.publish(v.subject()+"."+token(id), written[id]))
	}
	if err := errors.Join(errs...); err != nil {
		v.logger.Debug("notices were lost", "documents", len(ids))
		v.watchers.wakeAll()
	}
}

func (v *View[D]) publish(subject string, c causes) error {
	if len(c) == 0 {
		return v.o.NATS.Publish(subject, nil)
	}
	msg := nats.NewMsg(subject)
	telemetry.InjectSpans(msg.Header, c...)
	return v.o.NATS.PublishMsg(msg)
}

// listen takes in the notices until the function that it returns is called.
func (v *View[D]) listen() (func(), error) {
	if v.o.NATS == nil {
		return func() {}, nil
	}
	prefix := v.subject() + "."
	documents, err := v.o.NATS.Subscribe(prefix+"*", func(m *nats.Msg) {
		v.watchers.wake(strings.TrimPrefix(m.Subject, prefix), Notice{telemetry.ExtractSpans(m.Header), v.startPush})
	})
	if err != nil {
		return nil, err
	}
	moved, err := v.o.NATS.Subscribe(v.checkpointSubject(), func(*nats.Msg) { poke(v.nudge) })
	if err != nil {
		return nil, errors.Join(err, documents.Unsubscribe())
	}
	// What was said while the connection was down is lost, so after it everything may have changed.
	status := v.o.NATS.StatusChanged(nats.CONNECTED)
	done := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case _, open := <-status:
				if !open {
					return
				}
				v.watchers.wakeAll()
				poke(v.nudge)
			}
		}
	}()
	return func() {
		v.o.NATS.RemoveStatusListener(status)
		close(done)
		<-ended
		_ = documents.Unsubscribe() // fails only on a connection that is closed
		_ = moved.Unsubscribe()
	}, nil
}
