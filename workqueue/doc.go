// Package workqueue runs items on a few worker processes, and answers one
// question: which item next, on which worker, and what if the worker stalls
// or dies?
//
// A program that uses it is both sides. The Runner calls Start, and Submit or
// Do; each worker is the same program (or another), started by the queue, and
// calls Serve with a handler. An item is a kind and some bytes, its result is
// bytes or an error; the package does not look into them.
//
// # What it promises
//
// Every item gets exactly one result. An item that passes its deadline costs
// itself: its worker is ended with everything that the worker had started, and
// its result, which wraps ErrStuck, is sent when all that is gone. A worker that
// dies costs its item one retry on another worker, then the result wraps
// ErrWorkerDied and tells how it died, with the end of its standard error.
// No other item notices either. A worker that cannot be started several times
// in a row ends the queue with one StartError.
//
// A result that is ready beats its own deadline: when the deadline has passed,
// what is in the worker's pipe is read before the item is judged. A worker's
// death is noticed by its exit, never by the end of a pipe, since descendants may
// hold the other end; its last words in the pipe are heard all the same. Half a
// message at the deadline gives the item one Options.Grace more.
//
// # The Runner's side
//
// One goroutine owns the state of a queue: waiting items, workers, deadlines.
// It is one select over functions that others send it, one alarm, and the
// end of Start's context, and nothing in it waits for anybody. Each worker has
// four more: one for the process (start, exit, the ladder of end of commands,
// TERM, KILL; reaping and adoption), one that reads results, one that writes
// commands, one that keeps the end of standard error; besides the one in which
// supervisor waits for the exit. The first ends last and ends with its process;
// the other three end when the process is reaped, because that closes the
// pipes. While a process is being started one more waits for an order to kill it.
// Close and Kill return when all of these goroutines have ended.
//
// All methods of Queue may be called by any number of goroutines at the same
// time. Two restrictions concern Item.Progress, which is called by the goroutine
// that reads results: see there. Command in Options is called by goroutines
// of the queue.
//
// Workers are started when items wait and no worker is idle; never are there more
// than items. The next item is the one of the highest priority that was submitted
// first, and the worker is the idle one of the lowest index. An item that
// demands to be Alone waits until nothing runs, and lets nothing run. Items that
// are to run Together do so as soon as workers enough are free, or not at all.
//
// Deadlines are times, and only moved, never restarted. One alarm serves all.
// An alarm that finds a deadline passed by more than 100 ms takes that for a sign
// that this process was stopped and judges nobody for a second, in which Delay
// may tell how long it stood; so on a machine that is too busy to run the Runner
// for a tenth of a second a stuck item may take one second more.
//
// # What happens on cancel
//
// The end of Start's context, like Kill, ends everything at once by KILL: all
// workers, what they announced, and every orphan that came to this process. Items
// without a result get the context's cause (Kill: ErrClosed). The end of Do's
// context takes the waiting items of that call back and cancels the running
// ones: in the worker the handler's context ends, and if there is no result
// within Options.Grace the worker is ended. If the Runner itself dies, workers
// see the end of their commands while an item runs, give the handler a second,
// kill what is left, and exit.
//
// # The worker's side
//
// Serve owns its process. One goroutine is the state, one reads commands all
// the time, and one runs the handler, one item at a time. The second ends with
// Serve. The third may not, if the handler does not return within 1.5 seconds
// of the worker's end; its process is about to exit then. Whatever processes an
// item has left when its handler returns are killed and reaped before the result
// is sent. After a signal or the end of commands nothing is sent any more: what
// a handler makes of children that were killed under it is no result.
//
// # The protocol
//
// Frames of internal/frame, each a msgpack map: see message. The Runner says go
// (the worker is registered and in its group), the worker says hello, and then
// run is answered by result, with any number of progress, spawned and released in
// between; cancel may follow run. Bodies above 4 MiB travel in parts. Every
// hand-over has a number of its own. What does not fit the protocol ends the
// worker, never the run.
//
// The ways of Go's own internal/fuzz (a coordinator with one loop, workers as
// the same binary, commands and results on pipes 3 and 4) are the model.
package workqueue
