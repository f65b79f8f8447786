package shown

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"google.golang.org/protobuf/encoding/protojson"

	"tiffin/platform/eventlog"
)

// Event is an event as JSON tells it.
type Event struct {
	Position      uint64          `json:"position"`
	ID            string          `json:"id"`
	Type          string          `json:"type"`
	AggregateID   string          `json:"aggregate_id"`
	Time          string          `json:"time"`
	CommandID     string          `json:"command_id,omitempty"`
	CorrelationID string          `json:"correlation_id,omitempty"`
	CausationID   string          `json:"causation_id,omitempty"`
	TraceID       string          `json:"trace_id,omitempty"`
	Data          json.RawMessage `json:"data,omitempty"`
	// Error says why the event can't be read; then there is no data.
	Error string `json:"error,omitempty"`
}

// Of returns what JSON tells of an event.
func Of(e eventlog.Event) Event {
	out := Event{
		Position: e.Position, ID: e.ID, Type: e.Type, AggregateID: e.AggregateID, Time: e.Time.UTC().Format(time.RFC3339Nano),
		CommandID: e.CommandID, CorrelationID: e.CorrelationID, CausationID: e.CausationID,
	}
	if e.Trace.HasTraceID() {
		out.TraceID = e.Trace.TraceID().String()
	}
	if e.Err != nil {
		out.Error = e.Err.Error()
		return out
	}
	data, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(e.Data)
	if err != nil {
		out.Error = err.Error()
		return out
	}
	out.Data = Compact(string(data))
	return out
}

// Compact is JSON without blanks. What protojson writes varies in its spaces, so that nobody relies on them; here somebody may.
func Compact(text string) json.RawMessage {
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(text)); err != nil { // it was JSON
		return nil
	}
	return compact.Bytes()
}

// Moment is a time for people: in UTC, to the millisecond.
func Moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000Z") }

// Line is an event in one line.
func Line(e eventlog.Event) string {
	line := fmt.Sprintf("%8d  %s  %-36s %s", e.Position, Moment(e.Time), e.Type, e.AggregateID)
	if e.Err != nil {
		line += "  can't be read: " + e.Err.Error()
	}
	return line
}

// Indented is the event's data for people, each line behind the indent. What is sealed is told by its length.
func (e Event) Indented(indent string) string {
	var data any
	decoder := json.NewDecoder(bytes.NewReader(e.Data))
	decoder.UseNumber()
	if err := decoder.Decode(&data); err != nil {
		return e.Error
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent(indent, "  ")
	if err := encoder.Encode(count(data)); err != nil {
		return err.Error()
	}
	return string(bytes.TrimSpace(text.Bytes()))
}

// count puts a length in place of what is sealed for a person.
func count(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = count(inner)
		}
		if sealed, ok := v["sealed"].(string); ok && v["person_id"] != nil {
			raw, _ := base64.StdEncoding.DecodeString(sealed) // protojson has encoded it
			v["sealed"] = fmt.Sprintf("%d bytes", len(raw))
		}
		return v
	case []any:
		for i := range v {
			v[i] = count(v[i])
		}
	}
	return v
}
