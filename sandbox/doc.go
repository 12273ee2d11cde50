// Package sandbox decides what a child may see and use: a directory of its own,
// an environment of its own, a bounded place for its output, a copy of the
// user's files, and limits on memory and processes. It knows nothing of what
// the child does, and it imports nothing of ours; whoever starts children
// (package isolation) puts its parts together.
//
// # What it owns
//
//   - [Root]: one directory per session, directly under the system's temporary
//     directory, with a short path (unix sockets allow 108 bytes). It bears a
//     mark: the owner's pid and start time, its boot and its pid namespace, and
//     a lock that the kernel drops when the last process of the session dies.
//     [Sweep] removes what earlier sessions left behind, and only what is
//     provably ours and whose owner is provably gone.
//   - [Scratch]: a directory per child with a HOME and a TMPDIR. One that its child
//     has left as it was serves the next one, with what was put beside these two by
//     Link and Write. What cannot be removed is remembered and tried again, at the
//     latest when the Root closes.
//   - [Environ], [ToolEnviron]: environments without our own variables.
//   - [Pipe] and [Output]: the parent's end of a pipe, which can be emptied
//     without waiting for an end of file that a grandchild may hold back, and a
//     buffer that keeps the head and the tail of what came.
//   - [Tree]: a copy of a directory, put back after each child at the price of
//     one stat call per file.
//   - [Print]: a fingerprint of a directory, to show that nobody changed it.
//   - [Watch]: the memory and the number of processes of a child and of all its
//     descendants, sampled; [Watch.Quell] ends such a family even while it forks.
//   - [Cage]: a control group that bounds the processes of one child, where this
//     user may make one. Its name is noted in the session's directory before it is
//     made, so it goes with that directory, by a sweep at the latest. It is below
//     this process's own group (version 1) or beside it (version 2): a limit
//     of the user's, or of a container's, holds in it as well.
//   - [Room]: a thread in namespaces of its own, of which children are born, so that
//     they see the module at its own path as an overlay whose writes go elsewhere, or
//     have a network of their own. From outside (pids, groups, adoption, signals) they
//     are like any other.
//
// Fork bombs of test binaries, bound 256, beside two busy loops on two processors,
// 20 of each kind: in a cage at most 367 processes at any time, and all gone 1.0 s
// after the bound was seen to be passed; without one, bombs whose processes all make
// sessions of their own had 600, where they stopped by themselves.
//
// # Goroutines
//
// Only [Output.Listen] starts one, which reads a pipe; [Output.Finish] ends it and
// waits for it; a Cage may have one, whose thread is in its group, until the
// Root is closed; and a Room has one until it is closed. Everything else runs in the caller's goroutine. A Root may be
// used by any number of goroutines at once; every other value belongs to one.
//
// Signals are never sent from here: a [Watch] is handed the one function that may.
package sandbox
