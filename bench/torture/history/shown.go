package history

import (
	"encoding/json"
	"regexp"
	"time"
)

// document is what of an order, or of a board, tells how far it is.
type document struct {
	OrderID  string            `json:"order_id"`
	Timeline []json.RawMessage `json:"timeline"`
	Tickets  []struct {
		ID      string    `json:"ticket_id"`
		Changed time.Time `json:"changed_at"`
	} `json:"tickets"`
}

var orderPath = regexp.MustCompile(`^/api/customer/v1/orders/([0-9A-Z]{26})(:watch)?$`)

// shown are the documents of an answer that tell how far they are. That an order is not there tells, too.
func shown(path, code string, body []byte) []Shown {
	if code == "ORDER_NOT_FOUND" {
		if m := orderPath.FindStringSubmatch(path); m != nil {
			return []Shown{{Kind: Order, ID: m[1]}}
		}
		return nil
	}
	var d document
	if code != "" || json.Unmarshal(body, &d) != nil {
		return nil
	}
	var all []Shown
	if d.OrderID != "" && len(d.Timeline) > 0 {
		all = append(all, Shown{Kind: Order, ID: d.OrderID, Steps: len(d.Timeline)})
	}
	for _, t := range d.Tickets {
		if t.ID != "" && !t.Changed.IsZero() {
			all = append(all, Shown{Kind: Ticket, ID: t.ID, Changed: t.Changed})
		}
	}
	return all
}
