// Package leader reads single messages of a JetStream stream from the stream's leader, which only the raw API does: direct
// gets are answered by any replica, and may be stale.
// It owns asking again while there is no leader; callers own how long that may take, by their context.
// A leader that was just replaced and has not heard of it may still answer.
package leader
