package workqueue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

const (
	// patience is how long a handler may take to return when the worker ends;
	// then its children are killed, and it gets patienceAfter more.
	patience      = time.Second
	patienceAfter = 500 * time.Millisecond
	strayLimit    = time.Second
)

// errRunnerGone is the end of the command pipe while an item runs.
var errRunnerGone = errors.New("serve: runner is gone")

// announce tells the Runner of every child, until the returned function is called: of
// its birth at once, of its end together with what comes next, which is the result if
// nothing else. (A number that the Runner still has when this worker is dead proves
// nothing to it, see supervisor.AdoptGroup.)
func (s *server) announce() (stop func()) {
	supervisor.OnSpawn(func(h *supervisor.Handle) { _ = s.say(message{Op: opSpawned, PID: h.PID}) })
	supervisor.OnRelease(func(h *supervisor.Handle) { s.hold(message{Op: opReleased, PID: h.PID}) })
	return func() {
		supervisor.OnSpawn(nil)
		supervisor.OnRelease(nil)
	}
}

// run is the one select.
func (s *server) run(ctx context.Context) error {
	for {
		var err error
		select {
		case m, more := <-s.commands:
			if !more {
				return s.quit(nil)
			}
			err = s.obey(ctx, m)
		case m := <-s.results:
			err = s.answer(m)
		case <-ctx.Done():
			return s.quit(context.Cause(ctx))
		}
		if err != nil {
			return s.quit(err)
		}
	}
}

func (s *server) obey(ctx context.Context, m message) error {
	switch m.Op {
	case opGo:
		if err := supervisor.OwnGroup(); err != nil {
			return err
		}
		return s.say(message{Op: opHello, PID: os.Getpid()})
	case opRun:
		if s.current != 0 {
			return fmt.Errorf("item %d while item %d runs", m.ID, s.current)
		}
		s.begin(ctx, m)
	case opCancel:
		if m.ID == s.current {
			s.cancel(context.Canceled)
		}
	default:
		return fmt.Errorf("unknown command %q", m.Op)
	}
	return nil
}

// begin runs the handler in a goroutine whose end is its result.
func (s *server) begin(ctx context.Context, m message) {
	s.current = m.ID
	ctx, s.cancel = context.WithCancelCause(ctx)
	c := &Call{Kind: m.Kind, Body: m.Body, server: s, id: m.ID, paused: time.Duration(s.paused.Load())}
	go func() {
		r := message{Op: opResult, ID: m.ID, Error: "handler ended its goroutine"}
		defer func() { s.results <- r }()
		r.Body, r.Error = outcome(s.protected(ctx, c))
	}()
}

// protected turns a panic into an error.
func (s *server) protected(ctx context.Context, c *Call) (body []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return s.handle(ctx, c)
}

// outcome is what can be said of what a handler returned. A result too long to
// send is an error of the item.
func outcome(body []byte, err error) ([]byte, string) {
	switch {
	case err != nil:
		return nil, text(err)
	case len(body) > maxBody:
		return nil, fmt.Sprintf("result of %d bytes: over the limit of %d", len(body), maxBody)
	}
	return body, ""
}

// text is never empty: an empty error would be none.
func text(err error) string {
	if s := err.Error(); s != "" {
		return s
	}
	return fmt.Sprintf("%T", err)
}

// answer ends an item: first what it has left behind, then its result. Where
// something could not be ended the worker ends itself, for the Runner to try.
func (s *server) answer(m message) error {
	s.cancel(nil)
	s.current, s.cancel = 0, nil
	left := sweep()
	m.Last = left != nil
	return errors.Join(s.say(m), left)
}

// sweep ends every process that is left of an item.
func sweep() error {
	supervisor.KillAndReapAll()
	_, err := supervisor.ReapStrays(strayLimit)
	return err
}

// quit ends the worker. From now on nothing is said: what a handler says after
// its children were killed under it is no result.
func (s *server) quit(cause error) error {
	s.shut()
	if s.current != 0 {
		if cause == nil {
			cause = errRunnerGone
		}
		s.cancel(cause)
		if !s.await(patience) {
			supervisor.Shutdown()
			defer s.await(patienceAfter)
		}
	}
	return errors.Join(cause, sweep())
}

// await waits for the handler to return.
func (s *server) await(limit time.Duration) bool {
	select {
	case <-s.results:
		return true
	case <-time.After(limit):
		return false
	}
}

// die is the worker's end by a signal, also if the handler returns when its children
// have been killed: Serve does not return then.
func (s *server) die(sig syscall.Signal) {
	s.shut()
	s.end.Lock()
	supervisor.Shutdown()
	_ = sweep()
	supervisor.DieOf(sig)
}
