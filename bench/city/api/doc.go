// Package api is the public REST interface as the people of the city use it: signed in, with a tab open.
// It owns repeating what was not answered under the same key, live streams that go on after a break, and the newest position
// that a tab has seen; callers own what they ask and when they give up. A refusal is an answer and never repeated.
package api
