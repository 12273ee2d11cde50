package workqueue

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"syscall"
	"time"

	"github.com/evilution-go/evilution-go/internal/frame"
	"github.com/evilution-go/evilution-go/supervisor"
)

// maxAttempts is how many workers an item may cost.
const maxAttempts = 2

// write sends commands until there are none any more, and closes the pipe: that
// end is how a worker learns that it may go, or that the Runner is no more. After
// an error the commands are dropped; the loop ends the worker.
func (w *worker) write(l *loop, commands <-chan message) {
	defer w.input.Close()
	err := send(w.input, message{Op: opGo})
	for err == nil {
		m, more := <-commands
		if !more {
			return
		}
		err = send(w.input, m)
	}
	if errors.Is(err, syscall.EPIPE) {
		err = nil // it is dead or about to be: its exit tells more
	}
	l.q.do <- func() { w.end(stepTerm, err) }
	for range commands {
	}
}

// read brings what the worker says to the loop, until its pipe ends or is not
// to be trusted any more.
func (w *worker) read(l *loop) {
	w.results.dry = func(partial bool) bool {
		l.q.do <- func() { l.flushed(w, partial) }
		return true
	}
	frames := frame.NewReader(&w.results, frame.Cap)
	var j joiner
	for {
		m, whole, err := w.next(frames, &j)
		if err != nil {
			l.q.do <- func() { l.deaf(w, err) }
			return
		}
		now := w.current.Load()
		switch {
		case !whole:
		case m.Op != opProgress:
			l.q.do <- func() { l.hear(w, m) }
		case now != nil && now.id == m.ID && now.progress != nil:
			now.progress(m.Body)
		}
	}
}

// next reads one frame.
func (w *worker) next(frames *frame.Reader, j *joiner) (message, bool, error) {
	raw, err := frames.Next()
	if err != nil {
		return message{}, false, err
	}
	w.results.taken += int64(len(raw)) + frameHead
	return j.next(raw)
}

// hear acts on a message.
func (l *loop) hear(w *worker, m message) {
	switch m.Op {
	case opHello:
		l.slots[w.index-1].fails = 0
		w.greeted = true
		if w.state == starting {
			w.state, w.deadline = idle, time.Time{}
		}
	case opSpawned:
		w.announced[m.PID] = true
	case opReleased:
		delete(w.announced, m.PID)
	case opResult:
		l.answered(w, m)
	default:
		w.end(stepTerm, fmt.Errorf("unknown message %q", m.Op))
	}
}

// answered gives a result to whom it belongs. One that comes after the item was
// judged is nobody's.
func (l *loop) answered(w *worker, m message) {
	switch {
	case w.stuck:
		return
	case w.call == nil || m.ID != w.id:
		w.end(stepTerm, fmt.Errorf("result %d without its item", m.ID))
		return
	}
	c := l.take(w)
	switch {
	case m.Last:
		w.end(stepQuit, nil)
	case w.state == busy:
		w.state = idle
	}
	var err error
	if m.Error != "" {
		err = &WorkerError{Kind: c.Kind, Worker: w.index, Text: m.Error}
	}
	c.finish(c.result(m.Body, err, l.o.Clock.Now()))
}

// flush asks the reader for everything that is in the pipe; flushed follows.
func (l *loop) flush(w *worker) {
	switch {
	case w.deaf:
		l.settle(w, false)
	case w.flushing:
		w.again = true
	default:
		w.flushing = true
		_ = w.results.flush() // an error: it is closed, and deaf follows
	}
}

// flushed is the answer: all that the worker had written was heard.
func (l *loop) flushed(w *worker, partial bool) {
	w.flushing = false
	if w.again {
		w.again = false
		l.flush(w)
		return
	}
	l.settle(w, partial)
}

// deaf is the end of a worker's pipe. Usually its exit is what comes next.
func (l *loop) deaf(w *worker, err error) {
	w.deaf = true
	if !errors.Is(err, io.EOF) {
		err = fmt.Errorf("results: %w", err)
	} else {
		err = nil
	}
	if w.step != stepQuit {
		w.end(stepTerm, err)
	}
	if w.flushing {
		w.flushing, w.again = false, false
		l.settle(w, false)
	}
}

// settle decides what a flush was for.
func (l *loop) settle(w *worker, partial bool) {
	switch {
	case w.exited && !w.buried:
		w.buried = true
		w.hangUp()
		w.last <- slices.Collect(maps.Keys(w.announced))
	case w.overdue && w.call != nil && partial && !w.extended:
		w.overdue, w.extended = false, true
		l.limit(w, l.o.Clock.Now().Add(l.o.Grace))
	case w.overdue && w.call != nil:
		w.stuck = true
		w.end(stepTerm, nil)
	}
}

// exited hears the last words.
func (l *loop) exited(w *worker) {
	w.state, w.exited, w.deadline = ending, true, time.Time{}
	l.flush(w)
}

// unborn is the end of a worker that never was a process.
func (l *loop) unborn(w *worker, err error) {
	w.state = ending
	l.slots[w.index-1].w = nil
	if !w.dismissed {
		l.fail(w, err)
	}
}

// buried is the end of a worker, and its item's if it had one.
func (l *loop) buried(w *worker, exit supervisor.Exit, err error) {
	l.slots[w.index-1].w = nil
	l.trouble = errors.Join(l.trouble, err)
	story := w.story(exit)
	if w.call != nil {
		l.orphan(w, story)
	}
	if !w.greeted && !w.dismissed {
		l.fail(w, story)
	}
}

// orphan decides about a call whose worker is gone.
func (l *loop) orphan(w *worker, story error) {
	c := l.take(w)
	now := l.o.Clock.Now()
	switch {
	case c.quit != nil:
		c.finish(c.result(nil, c.quit, now))
	case w.stuck:
		c.finish(c.result(nil, fmt.Errorf("run %s on worker %d: %w of %v", c.Kind, w.index, ErrStuck, c.Timeout), now))
	case c.attempts < maxAttempts:
		l.waiting.add(c)
	default:
		c.finish(c.result(nil, fmt.Errorf("run %s on worker %d: %w: %v", c.Kind, w.index, ErrWorkerDied, story), now))
	}
}
