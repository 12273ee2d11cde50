// Package chaos attacks whole runs of the real binary, and checks what must hold
// whatever happens (lifecycle rules 16 to 28).
//
// A round runs the tool on examples/chaos, whose mutants are attacks by themselves:
// endless loops, fork bombs, children that ignore signals or leave their session.
// At a random moment one member of the tree (the Runner, a worker, a mutant's
// child, another child, a process that a test has started) gets a signal. Within 3
// seconds of the Runner's end
//
//   - no process of the tree is left, zombies included;
//   - the directory for temporary files is empty; after KILL to the Runner it is
//     empty when the next run has swept it; the same holds for control groups, where
//     the tool may make some;
//   - the user's tree is byte for byte what it was.
//
// What else must hold depends on the victim:
//
//   - The Runner ends by the signal it got, within 3 seconds.
//   - A worker or a mutant's child costs nothing: the run goes on, and its verdicts
//     equal those of a run in peace.
//   - A mutant's child that is stopped for good is ended by its limit of time, and
//     judged again alone: equal verdicts.
//   - A worker that is stopped and continued costs nothing either: its deadlines
//     move by the pause. If the Runner gets a signal while a worker stands still,
//     the worker is gone as quickly as any. One that is never continued is stuck:
//     that costs its item an `error` once the item's time is up, and nothing else;
//     this round, with less time than usual, is a test of its own.
//   - Any other child (a compiler, a dry run) may cost the run, and a process that a
//     test has started may cost its test: only the end is judged, not the verdicts.
//
// Tests of one round come from one seed, which is printed:
//
//	go test ./test/chaos -v                              20 rounds
//	go test ./test/chaos -v -timeout 0 -rounds 300       300 rounds
//	go test ./test/chaos -v -rounds 300 -seed 7 -only 42 one of them again
//
// It reads /proc, so it is for Linux. Members of a tree are found by their
// ancestry, their session and a variable in their environment; this process is a
// subreaper, so that nobody gets away. Only those are ever signalled.
package chaos
