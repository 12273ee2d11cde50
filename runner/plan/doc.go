// Package plan decides which test processes a mutant deserves.
//
// Its input is what the dry runs of every test binary recorded: which test
// executed which mutant, how long it took, how often the loops of the mutant's
// function went round. Its output is, for each mutant, a list of runs (a binary,
// an ordered list of its tests, limits), or the proof that no run can matter.
//
// Tests share the state of their process, so one recording proves nothing by
// itself (a sync.Once table hides the reach of every later test). Hence:
//
//   - every test is recorded in the whole run of its binary and alone in a fresh
//     process, and the union counts;
//   - a test that fails alone depends on its order: mutants that it reaches are
//     judged by whole in-order runs only;
//   - so are mutants that run during package initialisation or in TestMain, where
//     no test can be named, and all mutants of a binary whose tests were not
//     recorded alone because that would have cost more than it saves;
//   - where a function works with other values in each recording (the clock, random
//     numbers), chance may decide whether its mutants are noticed: all of them count
//     as infected, and what becomes of one is decided by votes of several processes:
//     the lists, slow tests alone, and batches in which tests run many times over;
//   - a list that passed for a survivor is confirmed by the whole in-order run
//     when that run is cheap.
//
// # Why a process has one mutant
//
// Mutants that no test shares could be active in the same process. One in which a test
// fails must end there: what a failure leaves behind is not what the tests of the next
// mutant are known to pass with. So only those could share that nothing has noticed
// yet, in the whole runs that confirm survivors. Whole runs that pass are 17, 30 and 33
// percent of what the mutants of semver, uuid and mux take. Survivors of which no two
// are executed by the same test, put together in a greedy order: 63 of semver in 28
// processes, 103 of uuid in 47, 78 of mux in 54. That is 10, 16 and 10 percent, at most,
// since one of them may hide what another has left behind, and what is noticed in such
// a process is to be run again for each. It would take the sentence from every report
// that a verdict is that of one change alone. So it is not done.
//
// The package is pure: no goroutine, no file, no process. A Binary belongs to one
// goroutine until it is complete; Plan only reads.
package plan
