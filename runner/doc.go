// Package runner is one session: it knows which stage follows which and what
// they add up to.
//
// The Runner is the root of the process tree. It starts workers and nothing
// else; everything that runs a program or holds typed syntax is a job for them
// (package job). A session goes
//
//	load ─► build ─► dry runs ─► plan ─► mutants ─► confirmations ─► report
//
// and each stage is one file here. The mutants of a package go on as soon as every
// binary that could notice them is recorded (see flow), while others are still in
// their dry runs. The build is not overlapped with them: a go command cannot be
// told to give processors back, so together they would take more than the jobs
// that the user allows.
//
// The session's state belongs to the goroutine that called Run; stages that wait
// for many jobs at once join their goroutines before they return, and what those
// find is handed over under the session's lock.
//
// When the context ends, the queue kills and reaps every worker, the scratch
// directory is removed, and Run returns what is known so far with Complete
// false. The user's tree is only read: its fingerprint is taken before the first
// child runs and compared at the end.
package runner
