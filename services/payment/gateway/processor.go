package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/gateway"
)

// processor speaks the card processor's API.
type processor struct {
	url, key string
	client   *http.Client
}

// asked is the body of every request; the processor takes of it what the operation needs.
type asked struct {
	Amount     *amount `json:"amount,omitempty"`
	CardToken  string  `json:"card_token,omitempty"`
	CustomerID string  `json:"customer_id,omitempty"`
}

type amount struct {
	CurrencyCode string `json:"currency_code"`
	MinorUnits   int64  `json:"minor_units"`
}

const maxAnswer = 64 << 10

// Call asks for the operation under its id.
func (p *processor) Call(ctx context.Context, op gateway.Operation[Intent]) (Outcome, error) {
	body, err := json.Marshal(asked{Amount: amountOf(op.Intent.Amount), CardToken: op.Intent.CardToken, CustomerID: op.Intent.CustomerID})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+pathOf(op.Intent), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", op.ID)
	status, said, err := p.send(r, op.ID)
	if status == http.StatusBadRequest {
		// It will never take this request: somebody must look, and nobody is to wait.
		return &paymentv1.RecordOutcomeRequest{
			PaymentId: op.Intent.PaymentID, OperationId: op.ID,
			Outcome: refused("REQUEST_NOT_UNDERSTOOD", "The processor does not understand the request"),
		}, nil
	}
	return said, err
}

// Ask tells what became of an operation.
func (p *processor) Ask(ctx context.Context, operationID string) (Outcome, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/v1/operations/"+url.PathEscape(operationID), http.NoBody)
	if err != nil {
		return nil, err
	}
	status, said, err := p.send(r, operationID)
	if status == http.StatusNotFound {
		return nil, gateway.ErrNeverHeard
	}
	return said, err
}

func (p *processor) send(r *http.Request, operationID string) (status int, said Outcome, err error) {
	r.Header.Set("Authorization", "Bearer "+p.key)
	answer, err := p.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = answer.Body.Close() }() // it was read to its end, or is of no use
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return 0, nil, err
	}
	if answer.StatusCode/100 != 2 {
		return answer.StatusCode, nil, fmt.Errorf("the processor answers %s", answer.Status)
	}
	var o operation
	if err := json.Unmarshal(body, &o); err != nil {
		return answer.StatusCode, nil, fmt.Errorf("the processor's answer: %w", err)
	}
	if o.ID != operationID {
		return answer.StatusCode, nil, fmt.Errorf("the processor answers about %q, not about %s", o.ID, operationID)
	}
	said, err = outcomeOf(o)
	return answer.StatusCode, said, err
}

var verbs = map[paymentv1.OperationKind]string{
	paymentv1.OperationKind_OPERATION_KIND_CAPTURE: "capture",
	paymentv1.OperationKind_OPERATION_KIND_VOID:    "void",
	paymentv1.OperationKind_OPERATION_KIND_REFUND:  "refund",
}

func pathOf(i Intent) string {
	if verb, ok := verbs[i.Kind]; ok {
		return "/v1/payments/" + strings.Join([]string{url.PathEscape(i.Reference), verb}, "/")
	}
	return "/v1/authorizations"
}

func amountOf(m *typev1.Money) *amount {
	if m == nil {
		return nil
	}
	return &amount{CurrencyCode: m.GetCurrencyCode(), MinorUnits: m.GetMinorUnits()}
}
