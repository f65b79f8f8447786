// Package history is what a system was asked and what it answered, a line for each call, for a checker to judge afterwards.
// It owns recording calls as they pass a client's transport, the file, and repeating some commands as a flaky network would;
// callers own the client, when the recorder is closed, and what they conclude. What was not answered before the recording process
// died is not in it, nor is what nobody is held to: sign-ins, and messages that are worth nothing later.
package history
