package sandbox

import "strings"

// card is how a test card behaves. The zero value approves, answers and tells at once.
type card struct {
	// refused gives the reason why an operation of that kind is refused.
	refused map[string]refusal
	// silent never answers the first request of an operation, although it is done.
	silent bool
	// untold sends no webhooks, so that only asking helps.
	untold bool
	// pending does not know the outcome at once.
	pending bool
	// late sends webhooks late; twice sends each at once and once more late.
	late, twice bool
	// disordered sends the webhook of an authorization late, and so after those of what follows.
	disordered bool
	// down answers the first requests of each operation with 503 and does nothing.
	down int
}

type refusal struct{ code, reason string }

// cards are the test cards by the name in their token; the numbers are test numbers that cardholders never have.
var cards = map[string]card{
	"ok":           {},
	"declined":     {refused: map[string]refusal{authorization: {"CARD_DECLINED", "The card was declined"}}},
	"insufficient": {refused: map[string]refusal{authorization: {"INSUFFICIENT_FUNDS", "There is not enough money on the card"}}},
	"expired":      {refused: map[string]refusal{authorization: {"CARD_EXPIRED", "The card has expired"}}},
	"uncapturable": {refused: map[string]refusal{capture: {"AUTHORIZATION_EXPIRED", "The reservation is not valid any more"}}},
	"unrefundable": {refused: map[string]refusal{refund: {"REFUND_REFUSED", "The card takes no refunds"}}},
	"timeout":      {silent: true},
	"silent":       {silent: true, untold: true},
	"pending":      {pending: true},
	"late":         {late: true},
	"twice":        {twice: true},
	"disordered":   {disordered: true, twice: true},
	"down":         {down: 3},
}

// numbers are what a person types to get the token of a test card.
var numbers = map[string]string{
	"4242424242424242": "ok",
	"4000000000000002": "declined",
	"4000000000009995": "insufficient",
	"4000000000000069": "expired",
	"4000000000000127": "uncapturable",
	"4000000000005126": "unrefundable",
	"4000000000000044": "timeout",
	"4000000000000051": "silent",
	"4000000000000077": "pending",
	"4000000000000085": "late",
	"4000000000000093": "twice",
	"4000000000000101": "disordered",
	"4000000000000119": "down",
}

const tokenPrefix = "tok_"

// cardOf returns the card that a token stands for: tok_<name>, with anything after another underscore. No token stands for
// the card that is kept for the customer, which approves.
func cardOf(token string) (card, bool) {
	if token == "" {
		return cards["ok"], true
	}
	name, ok := strings.CutPrefix(token, tokenPrefix)
	if !ok {
		return card{}, false
	}
	name, _, _ = strings.Cut(name, "_")
	c, ok := cards[name]
	return c, ok
}
