// Package gateway is the way out to a system of somebody else's: a domain records what it wants, the gateway asks a provider
// for it, and records what came of it.
// It owns following the intents, one active replica, retries, limits, the circuit breaker, asking about what is unknown, parking
// what it can't understand, and comparing both sides; callers own what an event opens and closes, the provider, and recording an
// outcome in their domain.
// It may ask for the same operation many times, always under the same id: that the provider does it once is the provider's.
package gateway
