package workqueue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

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

// Call is one item on its worker.
type Call struct {
	Kind   string
	Body   []byte
	server *server
	id     uint64
	paused time.Duration // of the server when the call began
}

// Progress sends body to the item's Progress function. It may wait for the
// Runner to listen, and may be called from any goroutine until the handler
// has returned.
func (c *Call) Progress(body []byte) error {
	return c.server.say(message{Op: opProgress, ID: c.id, Body: body})
}

// Paused tells for how long this worker has been stopped by TSTP since the
// call began. Whoever measures time in a handler subtracts it.
func (c *Call) Paused() time.Duration {
	return time.Duration(c.server.paused.Load()) - c.paused
}

// Handler runs one item. Its error, or its panic, becomes the item's
// *WorkerError; the worker goes on. ctx ends when nobody waits for the item any
// more, and then the handler has little time to return: Options.Grace for a
// cancelled item, a second when the worker ends. What it starts, it starts
// through supervisor; any process that is left when it returns is killed.
type Handler = func(ctx context.Context, c *Call) ([]byte, error)

// Serve is a worker: it runs handle for one item after the other, as they
// come from in, and answers on out, until in ends (the queue is closed or its
// process is dead), out is broken, or ctx is done. The two files are descriptors
// 3 and 4 of a process that a queue started; Serve takes them over.
//
// Serve is what its process is for: it makes it leader of its group, a
// subreaper, listens to INT, TERM, HUP and QUIT (children are killed and reaped,
// then the process dies of that signal; Serve does not return) and to TSTP, and
// announces every child of supervisor.Spawn to the Runner. After Serve the
// process should exit at once, since a handler that does not heed its context
// may still run; supervisor starts nothing more if that was so.
//
// The error is nil if in ended between two items.
func Serve(ctx context.Context, in, out *os.File, handle Handler) error {
	s, err := newServer(in, out, handle)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	if err := supervisor.BecomeSubreaper(); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return fmt.Errorf("serve: %w", err)
	}
	defer supervisor.Trap(s.die)()
	defer supervisor.TrapStop(func(d time.Duration) { s.paused.Add(int64(d)) })()
	supervisor.OnSpawn(func(h *supervisor.Handle) { _ = s.say(message{Op: opSpawned, PID: h.PID}) })
	supervisor.OnRelease(func(h *supervisor.Handle) { _ = s.say(message{Op: opReleased, PID: h.PID}) })

	var reader errgroup.Group
	reader.Go(s.listen)
	err = s.run(ctx)
	close(s.ended)
	_ = s.in.Close() // ends the reader
	heard := reader.Wait()
	if err == nil {
		err = heard
	}
	return errors.Join(err, s.out.Close())
}

// server is the state of a worker. It belongs to the goroutine of run.
type server struct {
	handle   Handler
	in       *os.File
	commands chan message  // closed by the reader at its end
	ended    chan struct{} // closed when run has returned
	results  chan message  // of the handler; holds one, so that no handler waits for run
	cancel   context.CancelCauseFunc
	current  uint64       // 0: idle
	paused   atomic.Int64 // nanoseconds, of all pauses
	mouth
}

func newServer(in, out *os.File, handle Handler) (*server, error) {
	s := &server{handle: handle, commands: make(chan message), ended: make(chan struct{}), results: make(chan message, 1)}
	var err error
	if s.in, err = own(in); err != nil {
		return nil, err
	}
	if s.out, err = own(out); err != nil {
		return nil, errors.Join(err, s.in.Close())
	}
	return s, nil
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
		body, err := s.protected(ctx, c)
		if r.Body, r.Error = body, ""; err != nil {
			r.Body, r.Error = nil, text(err)
		}
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

// text is never empty: an empty error would be none.
func text(err error) string {
	if s := err.Error(); s != "" {
		return s
	}
	return fmt.Sprintf("%T", err)
}

// answer ends an item: first what it has left behind, then its result. A
// result too long to send is an error of the item.
func (s *server) answer(m message) error {
	s.cancel(nil)
	s.current, s.cancel = 0, nil
	clean := sweep()
	if len(m.Body) > maxBody {
		m.Error = fmt.Sprintf("result of %d bytes: over the limit of %d", len(m.Body), maxBody)
		m.Body = nil
	}
	return errors.Join(s.say(m), clean)
}

// sweep ends every process that is left of an item.
func sweep() error {
	if len(supervisor.Registry()) > 0 {
		supervisor.KillAndReapAll()
	}
	_, err := supervisor.ReapStrays(strayLimit)
	return err
}

// quit ends the worker. From now on nothing is said: what a handler says after
// its children were killed under it is no result.
func (s *server) quit(cause error) error {
	s.shut()
	if s.current == 0 {
		return errors.Join(cause, sweep())
	}
	if cause == nil {
		cause = errRunnerGone
	}
	s.cancel(cause)
	if s.await(patience) {
		return errors.Join(cause, sweep())
	}
	supervisor.Shutdown()
	left := sweep()
	s.await(patienceAfter)
	return errors.Join(cause, left)
}

// await waits for the handler to return.
func (s *server) await(limit time.Duration) bool {
	select {
	case <-s.results:
		s.current = 0
		return true
	case <-time.After(limit):
		return false
	}
}

// die is the worker's end by a signal.
func (s *server) die(sig syscall.Signal) {
	s.shut()
	supervisor.Shutdown()
	_ = sweep()
	supervisor.DieOf(sig)
}
