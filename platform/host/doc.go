// Package host puts domain services behind one gRPC server and BFFs behind one HTTP handler, whether a process has one of
// them or all. It owns interceptors, health, reflection, readiness, connections within the process, and the order in which
// these start; services and BFFs describe themselves by a Service and a BFF, and mains own settings, listeners and the cell.
// Readiness is said once: what was ready stays so for whoever asks, and a part that fails ends the process.
package host
