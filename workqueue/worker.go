package workqueue

import (
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// state of a worker as the loop sees it.
type state int

const (
	starting state = iota // until its hello
	idle
	busy
	ending // gets no more items
)

// step is how a worker is made to end; a later one may follow an earlier one.
type step int

const (
	stepNone step = iota
	stepQuit      // its command pipe is closed, and Grace later
	stepTerm      // TERM, and Grace later
	stepKill      // KILL
)

// worker is one process on the Runner's side. The loop owns the first group of
// fields; four goroutines serve it and tell the loop what they see: live (the
// process), read (its results), write (its commands), and the tail of its
// standard error. live is the last of them to end.
type worker struct {
	index     int
	state     state
	greeted   bool // said hello
	dismissed bool // ends because it is not wanted any more, not for a fault
	stuck     bool // its call is judged
	overdue   bool // its call is to be judged when the pipe is empty
	extended  bool // a deadline was moved because half a result was there
	flushing  bool
	again     bool // flush once more after this flush
	deaf      bool // its pipe has ended
	exited    bool
	buried    bool
	step      step
	call      *call
	id        uint64    // of the hand-over
	deadline  time.Time // of the call, or of the hello; zero: none
	why       error     // the first fault
	announced map[int]bool

	commands chan message  // at most a cancel, a run and its cancel: never full
	orders   chan step     // each step once: never full
	killed   chan struct{} // closed when KILL is ordered
	last     chan []int    // the groups that are left, after the last word was read

	// Of the four goroutines: written before they start, or safe by itself.
	current atomic.Pointer[current]
	handle  *supervisor.Handle
	input   *os.File // of the process: commands
	results pipe
	errors  tail
}

// current is what the reader has to know of the running call.
type current struct {
	id       uint64
	progress func([]byte)
}

// errNotReady is the fault of a worker that does not say hello.
type errNotReady struct{ limit time.Duration }

func (e errNotReady) Error() string { return fmt.Sprintf("not ready within %v", e.limit) }

// start makes a worker and lets it live.
func (l *loop) start(index int) *worker {
	w := &worker{
		index: index, announced: map[int]bool{},
		commands: make(chan message, 4), orders: make(chan step, 3), killed: make(chan struct{}), last: make(chan []int, 1),
	}
	l.limit(w, l.o.Clock.Now().Add(l.o.StartTimeout))
	commands := w.commands
	l.q.group.Go(func() error {
		w.live(l, commands)
		return nil
	})
	return w
}

// end has the worker ended; why is its fault, nil if it has none. It belongs to
// the loop.
func (w *worker) end(s step, why error) {
	if w.why == nil {
		w.why = why
	}
	w.state = ending
	if s <= w.step {
		return
	}
	w.step = s
	w.orders <- s
	switch s {
	case stepQuit:
		w.hangUp()
	case stepKill:
		close(w.killed)
	}
}

// hangUp lets the writer close the command pipe. It belongs to the loop.
func (w *worker) hangUp() {
	if w.commands != nil {
		close(w.commands)
		w.commands = nil
	}
}
