// Package supervisor answers one question: how long does a process live, and
// who ends it? Every process of this program is started, signalled, reaped and
// released here. The package knows nothing of tests, mutants or Go.
//
// # What it promises
//
// A child that [Spawn] has started is, from before its first instruction until
// it has been reaped, in the [Registry] and in a process group of its own. It
// ends through [Reap], [ReapNonblock], [Terminate] or [KillAndReapAll], and
// each of them ends it in the same way:
//
//  1. The exit is learned without reaping ([Handle.Exited]).
//  2. The group is swept with KILL, while the leader, now a zombie, still pins
//     its number: whatever the leader left there dies, however it ended.
//  3. The leader is reaped and its handle leaves the registry, in one step.
//  4. If this process is a subreaper, what had left the group is killed and
//     reaped, too ([ReapStrays]).
//  5. The handle's files are closed and its sandbox is removed, in this order,
//     so that nothing writes any more where something is being removed. A
//     sandbox that cannot be removed is kept for [RetryReleases].
//
// No signal is ever sent to a pid, or to a group, whose leader was reaped: a
// handle's lock covers both the signals and the reaping. There is one function
// that signals at all, [Kill], which refuses targets that no caller can mean.
//
// # Two ways into an own group
//
// An inner child (Options.IsolateInChild) makes its group itself between fork
// and exec; that is what [syscall.SysProcAttr] offers, and it costs nothing.
//
// An outer child is moved by its parent, and only when it is registered. Until
// then it is in the parent's group, where the terminal's signals reach it. The
// kernel refuses this move after execve, and everything in the standard library
// returns only then, so on Linux the child is held between fork and exec: it is
// cloned with a copy of the memory (not vfork: the parent must go on), closes
// all descriptors that are not its own, and reads one byte from a pipe, the
// gate. The parent registers it, moves it, tells the OnSpawn hook and writes
// the byte. If the parent dies instead, the pipe ends and so does the child.
// What goes wrong in the child, up to execve, comes back on a second pipe and is
// the error of Spawn. Darwin has no such hold: there the worker calls [OwnGroup]
// when its parent, who has registered it by then, sends the first command.
//
// A held child's copy of the memory costs page tables, so outer children are
// meant to be few and started by a process that is not large. Starting and
// ending /bin/true takes 0.65 ms as an inner and 1.3 ms as an outer child, where
// os.StartProcess and Wait take 0.55 ms (two cores, Linux 6.18; see the
// benchmarks).
//
// # Locks
//
// startLock is held over {shutting down? start, register}, over reaping and over
// the look for strays. So [Shutdown] followed by Registry misses no child, and
// a child in the middle of its start is never taken for a stray. A handle's own
// lock is held while it is signalled or reaped, and is taken after startLock
// where both are. The registry's lock comes last; reading the registry needs
// none. Nothing waits for a child, calls a hook or calls Options.Release while
// it holds one of them. (Signals arrive on channels in Go, so unlike a handler
// in C a trap may take locks.)
//
// # Goroutines
//
// One for each handle on which Exited, Reap or Terminate was called while the child
// lived: it waits for the child's exit and ends with it. ([Handle.ExitsWithin] waits
// without one.) One for each [Trap] and [TrapStop],
// ended by the function they return, and one for the trap's handler. While a
// trap's second signal is being obeyed there is one more. All functions may be
// called by any goroutine at any time, unless they say otherwise.
//
// # Signals to this process
//
// Trap hears INT, TERM, HUP and QUIT, TrapStop hears TSTP, and [DieOf] ends the
// process by the very signal that it heard. Cancelling a context is not this
// package's: callers select on Exited and on their context, and Terminate.
//
// # Origin
//
// The contract (handle, registry, the two modes, the ladder of Terminate, kill
// all before reaping any) follows the process supervisor of a Ruby mutation
// tester. What that one documents but does not keep is kept here: see the tests,
// which carry the numbers of the statements that they prove.
//
// # Limits
//
// An outer child inherits the soft limit of open files that Go's runtime has
// raised for this process. Without a subreaper (darwin) a process that has left
// its child's group escapes. A child that cannot die of KILL, because it is
// stuck in the kernel, stays registered, and nothing waits for it for ever (that
// path has no test: no test can make such a child). An inner child that is
// stopped in the instant before its execve holds up Spawn, and Shutdown with it,
// until it is continued or this process is killed. TSTP does not stop who has
// left its group. What is said of darwin is compiled, not tested.
package supervisor
