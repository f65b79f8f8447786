// Package payment is the payment of one order: its state, how events change that, and one decision per command.
// It owns what may be asked of the card processor, one operation at a time and each under an id of its own, and what its
// outcomes mean; its server owns identity, loading and appending, and its gateway asks the processor.
// It does not promise that the processor agrees: what is asked is recorded before, and what was said after.
package payment
