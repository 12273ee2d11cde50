package workqueue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// loop is the state of a queue. It belongs to the goroutine of run: whoever
// wants something of it sends a function there. Nothing that the loop does
// waits for a process, a pipe or a caller.
type loop struct {
	q       *Queue
	o       Options
	waiting waiting
	gang    []*call // that are to run together, until they are handed out
	slots   []slot  // worker index i is in slots[i-1]
	running int     // calls that are on a worker, judged ones included
	alone   *call   // the running call that demands to be alone
	seq     uint64  // of the last call
	id      uint64  // of the last hand-over
	alarm   alarm
	hold    time.Time // no deadline is judged before; zero: none
	since   time.Time // of the current pause; zero: none
	closed  bool      // no more items
	cause   error     // why the queue was stopped
	trouble error     // what could not be cleaned up
}

// slot is the place of one worker.
type slot struct {
	w     *worker // nil: none
	fails int     // starts in a row that went wrong
}

func newLoop(q *Queue, o Options) *loop {
	return &loop{q: q, o: o, slots: make([]slot, o.Workers), alarm: alarm{clock: o.Clock}}
}

// run is the one select. It ends when no item and no worker is left and no
// item can come.
func (l *loop) run(ctx context.Context) {
	defer close(l.q.done)
	defer l.alarm.disarm()
	ended := ctx.Done()
	for !l.over() {
		select {
		case do := <-l.q.do:
			do()
		case <-l.alarm.c():
			l.due()
		case <-ended:
			ended = nil
			l.stop(context.Cause(ctx))
		}
		l.dispatch()
	}
	l.q.cause, l.q.trouble = l.cause, l.trouble
}

func (l *loop) over() bool {
	if !l.closed || l.queued() {
		return false
	}
	for _, s := range l.slots {
		if s.w != nil {
			return false
		}
	}
	return true
}

// queued tells whether there are calls that are on no worker.
func (l *loop) queued() bool { return len(l.waiting) > 0 || len(l.gang) > 0 }

// add takes new calls.
func (l *loop) add(calls ...*call) {
	for _, c := range calls {
		switch {
		case l.closed:
			c.quit = l.refusal()
			c.finish(Result{Err: c.quit})
		case len(c.Body) > maxBody:
			c.finish(Result{Err: fmt.Errorf("submit %s: body of %d bytes: over the limit of %d", c.Kind, len(c.Body), maxBody)})
		default:
			l.seq++
			c.seq = l.seq
			l.waiting.add(c)
		}
	}
}

func (l *loop) refusal() error {
	if l.cause != nil {
		return l.cause
	}
	return ErrClosed
}

// close lets the queue run dry.
func (l *loop) close() { l.closed = true }

// stop ends the queue at once; the first cause stands.
func (l *loop) stop(cause error) {
	if l.cause != nil {
		return
	}
	l.closed, l.cause = true, cause
	for len(l.waiting) > 0 {
		l.refuse(l.waiting.take(), cause)
	}
	for _, c := range l.gang {
		l.refuse(c, cause)
	}
	l.gang = nil
	for _, s := range l.slots {
		if s.w == nil {
			continue
		}
		if c := s.w.call; c != nil && c.quit == nil {
			c.quit = cause
		}
		s.w.dismissed = true
		s.w.end(stepKill, nil)
	}
}

// refuse ends a call that is on no worker.
func (l *loop) refuse(c *call, cause error) {
	c.quit = cause
	c.finish(c.result(nil, cause, l.o.Clock.Now()))
}

// withdraw takes calls back for which nobody waits any more.
func (l *loop) withdraw(calls []*call, cause error) {
	now := l.o.Clock.Now()
	for _, c := range calls {
		switch {
		case c.done || c.quit != nil:
		case c.worker == nil:
			if !l.leave(c) {
				l.waiting.remove(c)
			}
			l.refuse(c, cause)
		default:
			c.quit = cause
			l.cancel(c.worker, now.Add(l.o.Grace))
		}
	}
}

// cancel tells a worker that nobody waits for its item, which from now on has
// a deadline no later than at.
func (l *loop) cancel(w *worker, at time.Time) {
	if w.state != busy {
		return // it ends anyway
	}
	w.commands <- message{Op: opCancel, ID: w.id}
	if w.deadline.IsZero() || at.Before(w.deadline) {
		l.limit(w, at)
	}
}

// dispatch does whatever can be done now; it follows every event.
func (l *loop) dispatch() {
	switch {
	case !l.since.IsZero():
	case len(l.gang) > 0:
		l.assemble()
	default:
		for l.ready() {
			w := l.idle()
			if w == nil {
				break
			}
			l.hand(w, l.waiting.take())
		}
		l.refill()
	}
	if l.closed && l.running == 0 && !l.queued() {
		for _, s := range l.slots {
			if s.w != nil {
				s.w.dismissed = true
				s.w.end(stepQuit, nil)
			}
		}
	}
}

// ready tells whether the first waiting call may run beside what runs.
func (l *loop) ready() bool {
	return len(l.waiting) > 0 && l.alone == nil && (l.running == 0 || !l.waiting[0].Alone)
}

// idle is the first worker with nothing to do: low indexes keep what they have
// in caches busy.
func (l *loop) idle() *worker {
	for _, s := range l.slots {
		if s.w != nil && s.w.state == idle {
			return s.w
		}
	}
	return nil
}

// refill starts workers for the calls that wait and may run.
func (l *loop) refill() {
	if !l.ready() {
		return
	}
	want := len(l.waiting)
	if l.waiting[0].Alone {
		want = 1
	}
	for _, s := range l.slots {
		if s.w != nil && s.w.state == starting {
			want--
		}
	}
	l.launch(want)
}

// launch starts so many workers, as far as there is room.
func (l *loop) launch(want int) {
	for i := range l.slots {
		if l.slots[i].w == nil && want > 0 {
			l.slots[i].w = l.start(i + 1)
			want--
		}
	}
}

// hand gives a call to a worker.
func (l *loop) hand(w *worker, c *call) {
	l.id++
	l.running++
	if c.Alone {
		l.alone = c
	}
	c.worker, c.index, c.began = w, w.index, l.o.Clock.Now()
	c.attempts++
	w.state, w.call, w.id = busy, c, l.id
	w.overdue, w.extended = false, false
	w.current.Store(&current{id: l.id, progress: c.Progress})
	if c.Timeout > 0 {
		l.limit(w, c.began.Add(c.Timeout))
	}
	w.commands <- message{Op: opRun, ID: l.id, Kind: c.Kind, Body: c.Body}
}

// take gets the call back from its worker.
func (l *loop) take(w *worker) *call {
	c := w.call
	w.call, w.deadline, w.overdue = nil, time.Time{}, false
	c.worker = nil
	l.running--
	if l.alone == c {
		l.alone = nil
	}
	return c
}

// fail counts a worker that did not come up.
func (l *loop) fail(w *worker, why error) {
	s := &l.slots[w.index-1]
	s.fails++
	if s.fails > l.o.Respawns || errors.Is(why, supervisor.ErrShuttingDown) {
		l.stop(&StartError{Worker: w.index, Tries: s.fails, Err: why})
	}
}
