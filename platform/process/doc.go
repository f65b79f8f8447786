// Package process carries control services: processes, one per correlation id, whose events record what they decided.
// It owns following the inputs, sending the recorded commands under ids of their own, waking by timers, recording every
// outcome, parking what can't be decided on behind its process, and one active instance at a time; callers own which process an
// event is for, and the pure decision.
// A step may be taken twice, never left out: services know a repeated command by its id, and a process a repeated input by
// its position. It does not promise an order between commands to different services.
package process
