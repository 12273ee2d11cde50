// Package runner is one session: it knows which stage follows which and what
// they add up to.
//
// The Runner is the root of the process tree. It starts workers and nothing
// else; everything that runs a program or holds typed syntax is a job for them
// (package job). A session goes
//
//	load ─► build ─► dry runs ─► plan ─► mutants ─► second looks ─► report
//
// and each stage is one file here. The mutants of a package go on as soon as every
// binary that could notice them is recorded (see flow), while others are still in
// their dry runs. The build is not overlapped with them: a go command cannot be
// told to give processors back, so together they would take more than the jobs
// that the user allows.
//
// Tests run beside themselves, in as many processes as there are workers, only once they
// have passed that way without any mutant: see beside.go and turns.go.
//
// Tests that wait for time to pass judge only if they pass as on a busy machine, too: see
// busy.go.
//
// While mutants run the suite is checked without any, every now and then and at the
// end (recheck): a test that fails has detected by chance, or because some mutant has
// broken what it needs. It judges no more, and all that it has detected is taken back
// and judged again without it (takeback), since nobody can tell when it began to fail.
// So the verdicts are those of a session that knew it from the beginning.
//
// The session's state belongs to the goroutine that called Run; stages that wait
// for many jobs at once join their goroutines before they return, and what those
// find is handed over under the session's lock.
//
// When the context ends, the queue kills and reaps every worker, the scratch
// directory is removed, and Run returns what is known so far with Complete
// false. The user's tree is only read: its fingerprint is taken before the first
// child runs and compared at the end.
//
// # The user's own files
//
// Children work in copies. One that writes to the user's tree all the same, by an
// absolute path, is found out at the end: what changed is named, and the run fails.
// It is neither undone nor blamed on a mutant. A test's write and a save in the user's
// editor look alike (the same user, the same call, within the same minutes), and no
// platform tells who wrote without rights that users do not have. Whatever rule were
// used to tell them apart, such as a change in the time of one child, a user who saves
// in that time would lose work that exists nowhere else; a wrong file of a test is in
// version control. For the same reason several workers at once leave no single mutant
// to blame, and a second look at each would write again.
package runner
