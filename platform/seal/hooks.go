package seal

import "sync"

// hooks are what is to be done after an erasure.
type hooks struct {
	mu     sync.Mutex
	forget []func()
}

// OnErasure is said in Keys.
func (h *hooks) OnErasure(forget func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.forget = append(h.forget, forget)
}

func (h *hooks) call() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, forget := range h.forget {
		forget()
	}
}
