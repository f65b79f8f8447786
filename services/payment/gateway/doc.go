// Package gateway is the payment gateway: it carries the intents of the payment domain to a card processor over HTTP, takes
// the processor's webhooks, and records what came of each operation.
// It owns the processor's API and what its answers mean; platform/gateway owns retries, limits and the checkpoint, and the
// payment service decides what an outcome does. No card data comes here: a card is a token that the processor gave out.
// That an operation is done once is the processor's promise, by the operation's id as idempotency key.
package gateway
