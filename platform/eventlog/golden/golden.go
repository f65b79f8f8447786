package golden

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/nats-io/nats.go"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
)

//go:embed testdata
var files embed.FS

// dir is where the events are, one file a domain, one event a line.
const dir = "testdata"

// published is one event as it stands in the log.
type published struct {
	// Type is the event's, such as "ordering.OrderPlaced"; Shape tells versions of it apart.
	Type  string `json:"type"`
	Shape string `json:"shape"`
	// Subject, Headers and Data are the message's.
	Subject string      `json:"subject"`
	Headers nats.Header `json:"headers"`
	Data    []byte      `json:"data"`
}

func (p published) message() *nats.Msg {
	return &nats.Msg{Subject: p.Subject, Header: p.Headers, Data: p.Data}
}

// Events returns the domain's events as whoever reads the log sees them, oldest version first; none where the domain has none
// yet. Their positions count from 1.
func Events(domain proto.Message, upcasters ...eventlog.Upcaster) ([]eventlog.Event, error) {
	all, err := read(files, eventlog.DomainOf(domain))
	if err != nil {
		return nil, err
	}
	events := make([]eventlog.Event, 0, len(all))
	for i, p := range all {
		events = append(events, eventlog.Decode(uint64(i+1), p.message(), upcasters, domain))
	}
	return events, nil
}

func read(files fs.FS, domain string) ([]published, error) {
	text, err := fs.ReadFile(files, path.Join(dir, domain+".ndjson"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []published
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for lines.Scan() {
		var p published
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("golden event %d of %s: %w", len(all)+1, domain, err)
		}
		all = append(all, p)
	}
	return all, lines.Err()
}
