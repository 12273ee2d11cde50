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
// their dry runs. The build is not overlapped with them (see below).
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
// # Why the build stands alone
//
// The jobs that the user allows bound what runs at any moment: go commands that load,
// compare code or build single mutants keep to them, or to a share of them (job.share).
// A go command cannot be told to give a processor back. What could be done is to let the
// copier that stands in for a test binary live until the binary's dry run is over, so
// that the dry run takes the copier's slot; it is safe as long as the go command is left
// one. But that makes no work less, and all workers are busy later on. So a run can gain
// only what is idle between the first binary and the end of the build, calculated for two
// jobs from the times of go's actions (go test -debug-actiongraph -p 1, in a session):
//
//	                         build   gain, at most
//	golang-lru, 3 packages    1.8 s  0.18 s
//	go-cmp, 5                 7.8 s  0.01 s
//	generated, 20             3.1 s  0.01 s
//	generated, 100           10.6 s  0.02 s
//	one of those 20 changed   0.6 s  0.25 s
//	nothing changed           0.1 s  none
//
// In the last two cases go has the other binaries in its cache and runs no copier for
// them: there is no slot to take. With eight jobs the figures are 0.14, 0.01, 0.07 and
// 0.07 s. go-cmp then leaves slots idle for seconds, but go starts copiers in the order
// of the packages, and none before all packages in front of it are built. And a dry run
// that takes long by itself has mutants that each take as long, of which the time that
// it began earlier is a small part.
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
