// Package mongotest owns what tests need of MongoDB: an engine's address, a database of one's own, and the suite that every engine must pass.
// Its callers own what they store; they close nothing, since everything ends with the test.
// The suite asks only for what ADR 0003 lists and all engines do alike; what mongolite refuses is tested beside its code.
package mongotest
