// Package hubtest gives tests real hubs of their own: one server, a cluster of three, or a cluster whose nodes are processes.
// It owns starting and stopping them with the test; callers own what they put into them.
// Nothing of it survives the test.
package hubtest
