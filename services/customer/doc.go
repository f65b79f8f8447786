// Package customer is the customer: profile and addresses, how events change them, and one decision per command.
// It owns what a customer may have and when they are leaving or gone; its server owns identity, loading, appending and the
// keys, and the erasure service owns ending what is open first.
// It does not forget by itself what an earlier event said: that takes the destroyed key.
package customer
