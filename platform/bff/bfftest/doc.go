// Package bfftest serves a BFF to a test as its clients know it: by REST, and over a real wire to the services behind.
// It owns serving and stopping with the test, and asking; callers own their server, its views and what stands for the services.
// It has no gate and no readiness: those are the host's.
package bfftest
