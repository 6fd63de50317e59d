package modem

import (
	"context"
	"sync"
)

// pinMemory is the PINs of a pool that was given none: it forgets when the process ends.
type pinMemory struct {
	mu    sync.Mutex
	tried map[string]bool
}

func newPINMemory() *pinMemory { return &pinMemory{tried: map[string]bool{}} }

func (*pinMemory) PIN(context.Context, string) (string, error) { return "", nil }

func (m *pinMemory) Tried(_ context.Context, key string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.tried[key], nil
}

func (m *pinMemory) Note(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tried[key] = true
	return nil
}

func (m *pinMemory) Forget(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.tried, key)
	return nil
}
