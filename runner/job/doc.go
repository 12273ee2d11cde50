// Package job holds the kinds of work that a worker process can do: what is
// asked, what comes back, and the doing.
//
// The Runner starts nothing but workers, so everything that starts a process or
// holds typed syntax is a job: loading a module and writing its instrumented
// text, building the test binaries, dry runs, mutants, comparing what the compiler
// makes of survivors, and the plain rebuilds that verify verdicts. Requests and
// replies are plain values that travel as msgpack; both sides are this same program.
//
// A Worker does one job at a time, in the goroutine that calls Do. Whatever it
// starts goes through isolation, in a group and a scratch directory of its own,
// and is gone when Do returns. Children work in the worker's own copy of the
// module, never in the user's tree; the copy is made once and put back into its
// first state after every child.
package job
