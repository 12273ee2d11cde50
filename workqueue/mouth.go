package workqueue

import (
	"bytes"
	"errors"
	"os"
	"sync"
	"sync/atomic"
)

// shortBody is up to how many bytes of a body are copied to be written together with
// what is held.
const shortBody = 64 << 10

// errSilent is what speakers get after shut.
var errSilent = errors.New("worker is ending")

// mouth is the worker's result pipe. Any goroutine may speak; one message is
// whole before the next begins.
type mouth struct {
	mu   sync.Mutex
	out  *os.File
	held bytes.Buffer // messages that wait for the next one
	mute atomic.Bool
}

// say sends a message, after those that are held. It waits as long as the Runner does
// not listen.
func (m *mouth) say(what message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.mute.Load() {
		return errSilent
	}
	if len(what.Body) > shortBody {
		return errors.Join(m.flush(), send(m.out, what))
	}
	_ = send(&m.held, what) // a buffer takes all
	return m.flush()
}

// flush writes what is held; the lock is.
func (m *mouth) flush() error {
	defer m.held.Reset()
	_, err := m.out.Write(m.held.Bytes())
	return err
}

// hold keeps a short message until the next one is said: the Runner need not wake for
// it alone.
func (m *mouth) hold(what message) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_ = send(&m.held, what)
}

// shut makes every message that was not yet begun fail. It does not wait for
// one that was.
func (m *mouth) shut() { m.mute.Store(true) }
