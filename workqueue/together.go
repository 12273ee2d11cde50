package workqueue

import (
	"context"
	"errors"
	"slices"
)

// ErrApart tells that there were not enough free workers to run items together. None
// of them has run.
var ErrApart = errors.New("not enough workers are free")

// Free is how many items Together could run now: workers that have nothing to do,
// or could be started, and 0 as long as other items wait.
func (q *Queue) Free() (n int) {
	q.wait(func() { n = q.loop.free() })
	return n
}

// Together runs items at the same time, each on a worker of its own, as Do runs
// them in turn: either all at once or, with ErrApart in every result, none. It waits
// for no other item, only for workers that have to be started, and nothing else is
// handed out until they have. Priority and Alone mean nothing here.
//
// An item whose worker dies is tried again like any other, by then without the rest;
// its Attempts tell.
func (q *Queue) Together(ctx context.Context, items []Item) ([]Result, error) {
	return q.collect(ctx, items, q.loop.gather)
}

// free is how many workers can be had at once.
func (l *loop) free() (n int) {
	if l.closed || !l.since.IsZero() || l.alone != nil || len(l.waiting)+len(l.gang) > 0 {
		return 0
	}
	for _, s := range l.slots {
		if s.w == nil || s.w.state == idle || s.w.state == starting {
			n++
		}
	}
	return n
}

// gather takes calls that are to run together.
func (l *loop) gather(calls ...*call) {
	apart := l.free() < len(calls)
	for _, c := range calls {
		switch {
		case l.closed:
			c.quit = l.refusal()
			c.finish(Result{Err: c.quit})
		case apart:
			c.finish(Result{Err: ErrApart})
		default:
			l.seq++
			c.seq, c.Alone = l.seq, false
			l.gang = append(l.gang, c)
		}
	}
}

// assemble hands the gang out as soon as there are workers enough, and starts those
// that are missing.
func (l *loop) assemble() {
	var ready []*worker
	missing := len(l.gang)
	for _, s := range l.slots {
		if s.w != nil && s.w.state == idle {
			ready = append(ready, s.w)
		}
		if s.w != nil && (s.w.state == idle || s.w.state == starting) {
			missing--
		}
	}
	if len(ready) < len(l.gang) {
		l.launch(missing)
		return
	}
	for i, c := range l.gang {
		l.hand(ready[i], c)
	}
	l.gang = nil
}

// leave takes a call from the gang; false if it is not in it.
func (l *loop) leave(c *call) bool {
	i := slices.Index(l.gang, c)
	if i >= 0 {
		l.gang = slices.Delete(l.gang, i, i+1)
	}
	return i >= 0
}
