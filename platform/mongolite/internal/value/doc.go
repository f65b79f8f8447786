// Package value owns the meaning of raw BSON: reading it without unmarshalling, its order, its paths, and keys whose bytes sort as the values do.
// Its callers own validation: everything except Validate expects bytes that Validate has accepted, and may panic on others.
// Decimal128 and the deprecated types have no order here; Validate keeps them out.
package value
