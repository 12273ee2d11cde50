package workqueue

import (
	"context"
	"errors"
	"slices"
	"time"
)

// ErrApart tells that there were not enough free workers to run items together. None
// of them has run.
var ErrApart = errors.New("not enough workers are free")

// Free is how many items Together could run with this patience: workers that have
// nothing to do, or could be started; and with patience also those whose item has
// not run for so long yet. Without any it is 0 as long as other items wait.
func (q *Queue) Free(patience time.Duration) (n int) {
	q.wait(func() { n = q.loop.free(patience) })
	return n
}

// Together runs items at the same time, each on a worker of its own, as Do runs
// them in turn: either all at once or, with ErrApart in every result, none. Priority
// and Alone mean nothing here. Until there are workers enough nothing else is handed
// out. It waits for workers that have to be started and, as long as patience lasts, for
// items that run.
//
// An item whose worker dies is tried again like any other, by then without the rest;
// its Attempts tell.
func (q *Queue) Together(ctx context.Context, items []Item, patience time.Duration) ([]Result, error) {
	return q.collect(ctx, items, func(calls ...*call) {
		q.loop.gather(calls, patience)
		if patience > 0 {
			time.AfterFunc(patience, func() { q.ask(func() { q.loop.disperse(calls) }) })
		}
	})
}

// free is how many workers can be had at once, or within patience.
func (l *loop) free(patience time.Duration) (n int) {
	if l.closed || !l.since.IsZero() || l.alone != nil || len(l.gang) > 0 || patience == 0 && len(l.waiting) > 0 {
		return 0
	}
	now := l.o.Clock.Now()
	for _, s := range l.slots {
		switch {
		case s.w == nil, s.w.state == idle, s.w.state == starting:
			n++
		case s.w.state == busy && now.Sub(s.w.call.began) < patience:
			n++
		}
	}
	return n
}

// gather takes calls that are to run together.
func (l *loop) gather(calls []*call, patience time.Duration) {
	apart := l.free(patience) < len(calls)
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
		if s.w != nil && s.w.state != ending {
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

// disperse gives up to run calls together, unless they have been handed out. Workers
// that are being started for them come all the same.
func (l *loop) disperse(calls []*call) {
	for _, c := range calls {
		if l.leave(c) {
			c.finish(Result{Err: ErrApart})
		}
	}
}

// leave takes a call from the gang; false if it is not in it.
func (l *loop) leave(c *call) bool {
	i := slices.Index(l.gang, c)
	if i >= 0 {
		l.gang = slices.Delete(l.gang, i, i+1)
	}
	return i >= 0
}
