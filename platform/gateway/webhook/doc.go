// Package webhook takes what an outside system says of its own accord: signed messages over HTTP, as Standard Webhooks has it.
// It owns the signature, the window of time, the bound on size, the memory of what was taken and parking what can't be processed;
// callers own what a message means, and must bear it in any order and more than once.
// A sender hears 2xx only after the caller has recorded the message, or it is parked where somebody will look.
package webhook
