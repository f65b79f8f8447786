// Package cluster runs a whole cell on loopback as real processes: three NATS servers, a database, every domain service and
// BFF, some of them twice, and a card processor, each connection between them by a link that can be made bad.
// It owns starting them, starting again what ends, the one address that people's requests come in by, and that none outlives
// the cluster; callers own what is done to processes and links, and to whom. Nothing of it is meant for people's real orders.
package cluster
