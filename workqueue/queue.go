package workqueue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/supervisor"
)

// Queue hands items to workers. Any number of goroutines may call its methods.
type Queue struct {
	do    chan func()   // runs in the loop
	done  chan struct{} // closed when the loop has ended
	group errgroup.Group
	loop  *loop
	// These two are written by the loop before done is closed and read after it.
	cause   error
	trouble error
}

// Start makes a queue. No worker is started before there is an item. The caller
// ends it with Close or Kill; the end of ctx kills it, and what has no result
// yet gets the cause of ctx as its error.
//
// It makes this process a subreaper where the system has that, so that orphans
// of a dead worker can be killed: children of this process that were started
// neither by the queue nor by supervisor.Spawn do not survive a worker's end.
func Start(ctx context.Context, o Options) (*Queue, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := adoptOrphans(); err != nil {
		return nil, fmt.Errorf("start queue: %w", err)
	}
	q := &Queue{do: make(chan func()), done: make(chan struct{})}
	q.loop = newLoop(q, o)
	q.group.Go(func() error {
		q.loop.run(ctx)
		return nil
	})
	return q, nil
}

// adoptOrphans makes this process a subreaper where the system has that.
func adoptOrphans() error {
	err := supervisor.BecomeSubreaper()
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// Submit adds an item and returns at once. The channel gets exactly one result
// and may be read at any time or never.
func (q *Queue) Submit(item Item) <-chan Result {
	c := newCall(item)
	if !q.ask(func() { q.loop.add(c) }) {
		c.finish(Result{Err: q.ended()})
	}
	return c.reply
}

// Do runs items and returns their results in the order of the items, one for
// each, whatever happens. The error is the cause of ctx, or why the queue ended,
// if either left an item without its own result; what goes wrong with one item
// is in its Result only. When ctx ends, waiting items are taken back; running
// ones are cancelled in their worker and, if that is not done within
// Options.Grace, ended with it.
func (q *Queue) Do(ctx context.Context, items []Item) ([]Result, error) {
	return q.collect(ctx, items, q.loop.add)
}

// collect has the loop add calls for items and waits for their results.
func (q *Queue) collect(ctx context.Context, items []Item, add func(...*call)) ([]Result, error) {
	calls := make([]*call, len(items))
	for i, item := range items {
		calls[i] = newCall(item)
	}
	if !q.ask(func() { add(calls...) }) {
		for _, c := range calls {
			c.quit = q.ended()
			c.finish(Result{Err: c.quit})
		}
	}
	var cause error
	stop := context.AfterFunc(ctx, func() {
		q.ask(func() { q.loop.withdraw(calls, context.Cause(ctx)) })
	})
	defer stop()
	results := make([]Result, len(calls))
	for i, c := range calls {
		results[i] = <-c.reply
		if c.quit != nil && errors.Is(results[i].Err, c.quit) {
			cause = c.quit
		}
	}
	return results, cause
}

// Pause stops the time of all deadlines, and no item is handed out until
// Resume. Running items go on if nobody stops their workers. When it returns no
// deadline can pass any more.
func (q *Queue) Pause() { q.wait(q.loop.pause) }

// Resume ends a Pause: every deadline moves by its length.
func (q *Queue) Resume() { q.wait(q.loop.resume) }

// Delay moves every deadline by d, which is how long this process and its
// workers stood still; it is what supervisor.TrapStop wants to call. It is in
// time within a second after the process goes on: the queue notices that its
// clock has jumped and judges nobody before.
func (q *Queue) Delay(d time.Duration) { q.wait(func() { q.loop.delay(d) }) }

// Close waits until all submitted items have their results, then ends the
// workers by closing their command pipes and waits for the end of everything.
// Items submitted after it fail with ErrClosed. The error is what ended the
// queue before its time (the cause of Start's context, a *StartError), joined
// with what could not be cleaned up. Further calls wait and return the same.
func (q *Queue) Close() error {
	q.ask(q.loop.close)
	_ = q.group.Wait() // the goroutines report to the loop, not here
	if errors.Is(q.cause, ErrClosed) {
		return q.trouble
	}
	return errors.Join(q.cause, q.trouble)
}

// Kill ends everything at once: KILL to all workers and to what they started,
// and all is reaped when it returns. Items without a result get ErrClosed.
func (q *Queue) Kill() {
	q.ask(func() { q.loop.stop(ErrClosed) })
	_ = q.group.Wait()
}

// ask has the loop run do; false if the loop has ended.
func (q *Queue) ask(do func()) bool {
	select {
	case q.do <- do:
		return true
	case <-q.done:
		return false
	}
}

// wait is ask, and waits until do has run.
func (q *Queue) wait(do func()) {
	ran := make(chan struct{})
	if q.ask(func() { do(); close(ran) }) {
		<-ran
	}
}

// ended says why the queue takes no items. Only after done.
func (q *Queue) ended() error {
	if q.cause != nil {
		return q.cause
	}
	return ErrClosed
}
