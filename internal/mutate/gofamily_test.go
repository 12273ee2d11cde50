package mutate

import "testing"

func TestCommaOk(t *testing.T) {
	checkWants(t, `package m

func f(m map[int]int, v any, c chan int, g func(...any)) (int, bool) {
	if x, ok := m[1]; ok { // want comma_ok: true || (ok) | comma_ok: false && (ok)
		g(x)
	}
	if x, ok := m[1]; !ok {  // want comma_ok: true || (ok) | comma_ok: false && (ok)
		g(x)
	}
	if _, ok := v.(int); !ok || m[2] > 3 { // want comma_ok: true || (ok) | comma_ok: false && (ok)
		g()
	}
	x, ok := <-c
	g(x, ok) // want comma_ok: true || (ok) | comma_ok: false && (ok)
	y, found := m[2]
	if found { // want comma_ok: found = true; if found { g(y, found) } | comma_ok: found = false; if found { g(y, found) }
		g(y, found)
	}
	_, _ = m[3]
	z, last := m[4]
	return z, last
}
`, "comma_ok")
}

func TestErrorValues(t *testing.T) {
	checkWants(t, `package m

import (
	"errors"
	"fmt"
)

func f(g func() error, h func() (int, error)) error {
	if err := g(); err != nil { // want error_inject: errors.Join(g(), errors.New("evilution"))
		return fmt.Errorf("%%w %d: %w, %w", 1, err, err) // want error_wrap: "%%w %d: %v, %w" | error_wrap: "%%w %d: %w, %v"
	}
	n, err := h()
	if err != nil { // want error_inject: err = errors.New("evilution"); if err != nil { return err }
		return err
	}
	err = errors.New("made")
	_ = n
	return errors.Join(err, g(), nil, g()) // want error_wrap: errors.Join(g(), nil, g())
}

func r(g func(any)) {
	defer func() { // want defer_removal:
		recover()
	}()
	defer func() { // want defer_removal:
		if r := recover(); r != nil { // want recover_removal: interface{}(nil)
			g(r)
		}
	}()
}
`, "error_inject", "error_wrap", "recover_removal", "defer_removal")
}

func TestConcurrency(t *testing.T) {
	checkWants(t, `package m

import (
	"context"
	"time"
)

func channels(a, b chan int, n int, g func()) {
	c := make(chan int) // want channel: make(chan int, 1)
	d := make(chan int, 2) // want channel: make(chan int, 0) | channel: make(chan int, 2 + 1)
	e := make(chan int, n) // want channel: make(chan int, 0) | channel: make(chan int, (n) + 1)
	c <- 1 // want channel: _ = c
	close(d) // want channel: _ = d
	<-e
	go g() // want goroutine: g() | goroutine:
	select { // want channel: select { default: case <-a: g() case b <- 1: }
	case <-a: // want channel: select { case b <- 1: }
		g()
	case b <- 1: // want channel: select { case <-a: g() }
	}
	for {
		select {
		default: // want channel: select { case <-a: return }
		case <-a: // want channel: select { default: }
			return
		}
	}
}

func contextual(ctx context.Context, g func(context.Context) error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want context: context.Background()
	defer cancel() // want context: _ = cancel
	g(ctx) // want context: context.Background()
	g(context.Background())
	select { // want channel: select { default: case <-ctx.Done(): }
	case <-ctx.Done():
	}
}
`, "channel", "goroutine", "context")
}

func TestSync(t *testing.T) {
	checkWants(t, `package m

import (
	"sync"
	"sync/atomic"
)

type counter struct {
	mu   sync.RWMutex
	once sync.Once
	cond *sync.Cond
	n    atomic.Int64
}

func (c *counter) locked() int {
	c.mu.RLock() // want sync: return int(c.n.Load()) | sync: c.mu.Lock() defer c.mu.Unlock() return int(c.n.Load())
	defer c.mu.RUnlock()
	return int(c.n.Load())
}

func (c *counter) rest(g func(), wg *sync.WaitGroup) {
	c.once.Do(g) // want sync: g() | statement_removal:
	c.cond.Signal() // want sync: c.cond.Broadcast() | statement_removal:
	wg.Add(1) // want sync: c.once.Do(g) c.cond.Signal() go func() { g() }() c.n.Add(1) c.mu.Lock() if c.n.Load() > 3 { c.mu.Unlock() return } c.mu.Unlock()
	go func() {
		defer wg.Done()
		g() // want statement_removal:
	}()
	c.n.Add(1) // want statement_removal:
	c.mu.Lock()
	if c.n.Load() > 3 {
		c.mu.Unlock()
		return
	}
	c.mu.Unlock()
}
`, "sync", "statement_removal", "defer_removal")
}

func TestOptions(t *testing.T) {
	checkWants(t, `package m

type DialOption interface{ apply(*int) }

type setter func(*int)

func dial(string, ...DialOption) (int, error) { return 0, nil }
func set(...setter) int { return 0 }
func other(...func(*int)) {}

func f(a, b DialOption, s setter) int {
	n, _ := dial("x", a, b) // want option_removal: n, _ := dial("x", b) | option_removal: n, _ := dial("x", a)
	other(s, s)
	return set(s) + n // want option_removal: set()
}
`, "option_removal")
}
