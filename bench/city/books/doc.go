// Package books is what the people of the city saw, put together: every order, what each of those concerned was shown of it,
// when, and what must not be. It owns the invariants, the counts and the times; callers note what they see and do.
// It does not ask anybody anything: what nobody noted, it doesn't know.
package books
