// Package live shows a report in a browser while its session goes on: the page of
// package html, which gets every mutant as a server-sent event when it is found
// and again when it has its verdict.
//
// A Server keeps all that was said, in order, so that a page opened late or loaded
// again catches up. It listens on loopback unless it is told otherwise, answers
// only requests that name the host it listens on (a web site cannot read it through
// a name of its own that leads here), and knows two addresses: the page and the
// events.
//
// Mutant, Progress and Finish may be called from any goroutine; they encode under
// a lock and wait for nobody. The goroutines are the HTTP server's, one for each
// connection. Close tells the pages that it is over, waits a moment for them to have
// heard it, and ends them all.
package live
