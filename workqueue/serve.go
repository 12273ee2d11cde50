package workqueue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/supervisor"
)

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
	if err := adoptOrphans(); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	defer supervisor.Trap(s.die)()
	defer supervisor.TrapStop(func(d time.Duration) { s.paused.Add(int64(d)) })()
	defer s.announce()()

	var reader errgroup.Group
	reader.Go(s.listen)
	err = s.run(ctx)
	s.end.Lock() // waits for ever where a signal ends this process
	close(s.ended)
	_ = s.in.Close() // ends the reader
	return errors.Join(err, reader.Wait(), s.out.Close())
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
	end      sync.Mutex   // taken for good by who ends the worker: Serve or a signal
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
