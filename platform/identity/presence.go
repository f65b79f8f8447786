package identity

import (
	"sync"
	"time"
)

// stays is how long a persona is taken after the last word of who took it: a page that nobody looks at speaks up once a
// minute, as browsers let it.
const stays = 2 * time.Minute

// presence is which personas people are at the moment, so that a simulation leaves those to them. It is in memory only:
// after a restart, those who are there say so again.
type presence struct {
	now func() time.Time

	mu    sync.Mutex
	until map[string]time.Time
}

func newPresence(now func() time.Time) *presence {
	return &presence{now: now, until: map[string]time.Time{}}
}

func (p *presence) here(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.until[id] = p.now().Add(stays)
}

func (p *presence) away(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.until, id)
}

// marked returns the personas with those marked that are taken.
func (p *presence) marked(personas []Persona) []Persona {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]Persona, len(personas)) // a list, never null; and the caller's own stays as it is
	for i, persona := range personas {
		persona.Taken = p.now().Before(p.until[persona.PersonaID])
		out[i] = persona
	}
	return out
}
