// Package isolation runs one mutant in one child process and says what became
// of it: what was asked, what came back, and what both mean together. It knows
// nothing of other mutants, and nothing that a child does can make it fail: one
// bad child costs one [Outcome].
//
// # One run
//
// [Run] makes a scratch directory; puts a hard link of the test binary and an
// order file side by side in it; starts the link through package supervisor in
// a process group of its own, with a pipe and a token; and then turns in one
// loop around whatever comes first: a frame, the exit, the deadline, a sample that
// shows a bound passed (memory, processes, how long a test does nothing), or the end of
// the caller's context.
// When the child has exited, its group is swept, it is reaped and its directory
// removed; what is still in the pipes is taken without waiting for their ends,
// which descendants may hold for ever; and facts and frames are judged together
// (see judge.go, which is the whole table).
//
// [Exec] runs any other program (the go command, git) under the same
// supervision and without the protocol.
//
// # The protocol
//
// The child's side is the agent that is compiled into the test binary. The
// order file and the frames are described there. Here every frame is checked:
// its form (package frame), the token, the order of frames, and that they come
// from the process we started. Any fault ends that child and is [Broken].
//
// # Goroutines
//
// A child that is gone within 10 ms, as most are, has none: what it said is read from
// its pipes when it has exited. For a longer run one reads the result pipe, one the
// output, one (the supervisor's) waits for the exit; they end before Run returns. All
// state of a run belongs to the goroutine that called it. Several runs may go on at once in
// one process, with one exception: descendants that leave their process group
// are traced and ended as what is left over in this process, so a process that
// has to tell whose they are runs one child at a time, as our workers do. Such
// descendants are only found at all if the process has called
// supervisor.BecomeSubreaper.
//
// On cancel the child and its group are killed, reaped and removed, then Run
// returns the context's error.
package isolation
