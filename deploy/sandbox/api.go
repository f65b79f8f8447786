package sandbox

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

const (
	maxBody  = 16 << 10
	maxKey   = 128
	pageSize = 1000
)

// api is the processor over HTTP. Every path but that of tokens needs the API key.
type api struct {
	key    string
	ledger *ledger
	teller *teller
	faults *faults

	mu sync.Mutex
	// turnedAway counts the requests of each operation that a card which is down has seen.
	turnedAway map[string]int
}

func (a *api) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("OPTIONS /v1/tokens", a.preflight)
	mux.HandleFunc("POST /v1/tokens", a.token)
	mux.HandleFunc("POST /v1/authorizations", a.private(a.operate(authorization)))
	for _, kind := range []string{capture, void, refund} {
		mux.HandleFunc("POST /v1/payments/{payment}/"+kind, a.private(a.operate(kind)))
	}
	mux.HandleFunc("GET /v1/operations/{id}", a.private(a.operation))
	mux.HandleFunc("GET /v1/operations", a.private(a.operations))
	return mux
}

func (a *api) private(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(given), []byte(a.key)) != 1 {
			problem(w, http.StatusUnauthorized, "the API key is not valid")
			return
		}
		next(w, r)
	}
}

// operate does what is asked and answers with the operation, unless its card or a fault wants otherwise.
func (a *api) operate(kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		asked, err := parse(kind, r)
		if err != nil {
			problem(w, http.StatusBadRequest, err.Error())
			return
		}
		c, _ := cardOf(a.ledger.token(asked.payment, asked.token))
		drawn := a.faults.draw()
		if drawn == refuse || a.turnsAway(c, asked.key) {
			problem(w, http.StatusServiceUnavailable, "the processor is not available")
			return
		}
		e, fresh, err := a.ledger.perform(asked)
		switch {
		case errors.Is(err, errKeyReused):
			problem(w, http.StatusUnprocessableEntity, err.Error())
			return
		case err != nil:
			problem(w, http.StatusInternalServerError, "the processor can't write")
			return
		}
		if fresh {
			a.teller.tell(e)
			if c.silent {
				drawn = hang
			}
		}
		a.answer(r.Context(), w, drawn, e)
	}
}

func (a *api) answer(ctx context.Context, w http.ResponseWriter, drawn fault, e entry) {
	switch drawn {
	case fail:
		problem(w, http.StatusInternalServerError, "something broke after it was done")
	case hang:
		<-ctx.Done()
	case cut:
		panic(http.ErrAbortHandler) // how net/http is told to break the connection
	default:
		op := e.shown(a.ledger.now())
		status := http.StatusOK
		if op.Status == pending {
			status = http.StatusAccepted
		}
		reply(w, status, op)
	}
}

func (a *api) turnsAway(c card, key string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.turnedAway[key] >= c.down {
		return false
	}
	a.turnedAway[key]++
	return true
}

func (a *api) operation(w http.ResponseWriter, r *http.Request) {
	if a.faults.draw() != none {
		problem(w, http.StatusServiceUnavailable, "the processor is not available")
		return
	}
	op, ok := a.ledger.find(r.PathValue("id"))
	if !ok {
		problem(w, http.StatusNotFound, "there is no such operation")
		return
	}
	reply(w, http.StatusOK, op)
}

// operations lists what was done, from the number "from" on.
func (a *api) operations(w http.ResponseWriter, r *http.Request) {
	from, err := strconv.Atoi(r.URL.Query().Get("from"))
	if err != nil && r.URL.Query().Has("from") {
		problem(w, http.StatusBadRequest, "from is a number")
		return
	}
	reply(w, http.StatusOK, map[string]any{"operations": a.ledger.page(from, pageSize)})
}

func parse(kind string, r *http.Request) (request, error) {
	asked := request{kind: kind, key: r.Header.Get("Idempotency-Key"), payment: r.PathValue("payment")}
	if asked.key == "" || len(asked.key) > maxKey {
		return asked, errors.New("an Idempotency-Key is needed, of 128 characters at most")
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		return asked, errors.New("the body can't be read")
	}
	var content struct {
		Amount    Money  `json:"amount"`
		CardToken string `json:"card_token"`
	}
	if err := json.Unmarshal(body, &content); err != nil {
		return asked, errors.New("the body is not JSON as it should be")
	}
	if kind != void && (content.Amount.MinorUnits <= 0 || len(content.Amount.CurrencyCode) != 3) {
		return asked, errors.New("an amount above 0 is needed, with a currency")
	}
	sum := sha256.Sum256(append([]byte(r.URL.Path+"\n"), body...))
	asked.amount, asked.token, asked.fingerprint = content.Amount, content.CardToken, hex.EncodeToString(sum[:])
	return asked, nil
}

// token gives a token for the number of a test card, to pages on this machine. The number is not kept.
func (a *api) token(w http.ResponseWriter, r *http.Request) {
	allow(w, r)
	var content struct {
		CardNumber string `json:"card_number"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&content); err != nil {
		problem(w, http.StatusBadRequest, "the body is not JSON as it should be")
		return
	}
	name, ok := numbers[strings.ReplaceAll(content.CardNumber, " ", "")]
	if !ok {
		problem(w, http.StatusUnprocessableEntity, "only test cards are taken here")
		return
	}
	reply(w, http.StatusCreated, map[string]string{"token": tokenPrefix + name + "_" + strings.ToLower(rand.Text())})
}

func (a *api) preflight(w http.ResponseWriter, r *http.Request) {
	allow(w, r)
	w.WriteHeader(http.StatusNoContent)
}

// allow lets pages of this machine read the answer.
func allow(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Origin")
	origin, err := url.Parse(r.Header.Get("Origin"))
	if err != nil {
		return
	}
	if ip := net.ParseIP(origin.Hostname()); origin.Hostname() == "localhost" || ip.IsLoopback() {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Allow-Methods", "POST")
		w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
	}
}

func problem(w http.ResponseWriter, status int, detail string) {
	reply(w, status, map[string]any{"status": status, "detail": detail})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // these always encode; a client that is gone can't be told
}
