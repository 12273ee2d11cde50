package workqueue

import (
	"errors"
	"fmt"
	"time"
)

// Item is one piece of work. The zero value is valid: an empty command of no
// kind, without a deadline, in turn.
type Item struct {
	// Kind and Body are what the worker's handler gets; the queue does not look
	// into them. Body may be of any length up to 1 GiB and must not be changed
	// until the result is there.
	Kind string
	Body []byte
	// Timeout bounds how long the item may run once it is on a worker, and again
	// for its second try; 0 means without bound. Time in the queue and the start
	// of a worker do not count.
	Timeout time.Duration
	// Priority sends an item ahead of all waiting items of lower priority; among
	// equals the first submitted is the first to run.
	Priority int
	// Alone demands that nothing else runs on any worker while this item runs.
	// When its turn comes the queue starts nothing more until all running items
	// have ended, so many such items are best submitted with one low priority.
	Alone bool
	// Progress, if not nil, gets what the handler passes to Call.Progress, in
	// order, always before the result. It is called by the goroutine that reads
	// that worker's pipe: until it returns nothing more is heard of that worker,
	// its result and its death included, so it must not wait for the queue (Submit
	// is fine; Do, Close, Kill or receiving a result of the same worker is not).
	// An item that is tried twice reports its progress from the beginning.
	Progress func([]byte)
}

// Result is what became of an item. Exactly one is sent for every item.
type Result struct {
	// Body is what the handler returned; nil where Err is not.
	Body []byte
	// Err is nil, a *WorkerError, or wraps ErrStuck, ErrWorkerDied, ErrClosed,
	// *StartError or the cause of a cancelled context.
	Err error
	// Worker is the index of the last worker that had the item, from 1; 0 if none.
	Worker int
	// Wall is the time from the last hand-over to a worker until the result was
	// known, without pauses.
	Wall time.Duration
	// Attempts counts the workers that had the item: 0, 1 or 2.
	Attempts int
}

var (
	// ErrStuck tells that an item passed its deadline. Its worker has been ended,
	// with all that the worker had started, before the result was sent. Such an
	// item is not tried again.
	ErrStuck = errors.New("item passed its deadline")
	// ErrWorkerDied tells that two workers died of the same item. What they had
	// started is gone.
	ErrWorkerDied = errors.New("worker died")
	// ErrClosed tells that the queue was closed or killed before the item ran or
	// ended.
	ErrClosed = errors.New("queue is closed")
)

// WorkerError is an error that the handler of an item returned, or its panic,
// as text: what else the error was does not cross the process boundary.
type WorkerError struct {
	Kind   string // the item's
	Worker int    // index, from 1
	Text   string
}

// Error gives the handler's text, which is the best one there is.
func (e *WorkerError) Error() string { return e.Text }

// StartError tells that a worker could not be started, several times in a row.
// It ends the queue: every item that has no result yet gets this one error.
type StartError struct {
	Worker int // index, from 1
	Tries  int
	Err    error // of the last try
}

func (e *StartError) Error() string {
	return fmt.Sprintf("start worker %d (%d tries): %v", e.Worker, e.Tries, e.Err)
}

// Unwrap returns the error of the last try.
func (e *StartError) Unwrap() error { return e.Err }
