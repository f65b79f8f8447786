// Package sandbox is a card processor to develop and test against: a program of its own, as if somebody else ran it.
// It owns the money side of test cards, an HTTP API with idempotency keys, signed webhooks, a file that keeps what it has
// acknowledged, and faults on request; its callers own everything that they believe about a payment.
// It takes no real card: only the numbers of its own test cards are known to it, and none of them is kept.
package sandbox
