package seal

import (
	"context"
	"crypto/cipher"
	"sync"
)

// Memory returns keys that live as long as the process.
func Memory() Keys { return &memory{keys: map[string]cipher.AEAD{}} }

type memory struct {
	mu   sync.Mutex
	keys map[string]cipher.AEAD
	hooks
}

func (m *memory) Key(_ context.Context, personID string) (cipher.AEAD, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key, ok := m.keys[personID]
	switch {
	case ok && key == nil:
		return nil, ErrErased
	case ok:
		return key, nil
	}
	key, err := aead(random())
	if err != nil {
		return nil, err
	}
	m.keys[personID] = key
	return key, nil
}

func (m *memory) Lookup(_ context.Context, personID string) (cipher.AEAD, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := m.keys[personID]
	return key, key != nil, nil
}

func (m *memory) Destroy(_ context.Context, personID string) error {
	m.mu.Lock()
	m.keys[personID] = nil
	m.mu.Unlock()
	m.call()
	return nil
}
