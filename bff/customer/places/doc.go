// Package places knows where couriers are, for those who follow one: it watches all of them once, however many follow.
// It owns the last place of each in memory and the waking of who follows; the server owns who may follow whom.
// A place may be old or missing, and several that come quickly may wake a follower once.
package places
