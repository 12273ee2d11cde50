package workqueue

import (
	"errors"
	"os"
	"sync"
	"sync/atomic"
)

// errSilent is what speakers get after shut.
var errSilent = errors.New("worker is ending")

// mouth is the worker's result pipe. Any goroutine may speak; one message is
// whole before the next begins.
type mouth struct {
	mu   sync.Mutex
	out  *os.File
	mute atomic.Bool
}

// say sends a message. It waits as long as the Runner does not listen.
func (m *mouth) say(what message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.mute.Load() {
		return errSilent
	}
	return send(m.out, what)
}

// shut makes every message that was not yet begun fail. It does not wait for
// one that was.
func (m *mouth) shut() { m.mute.Store(true) }
