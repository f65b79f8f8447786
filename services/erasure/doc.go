// Package erasure forgets a customer: its state, how events change it, and what follows from each input.
// It owns the order of things: open orders are called off and end, the key is destroyed, whoever may remember it is waited
// for, and only then the customer is told to be erased; its server owns following the log, sending and waking.
// It does not promise that orders have ended where they take longer than the law has patience: the key goes all the same.
package erasure
