package report

import "github.com/evilution-go/evilution-go/internal/mutant"

// SchemaVersion is the version of the JSON document. It grows when a field
// changes its meaning or goes away, not when one is added.
const SchemaVersion = 1

// Report is what one session found. The runner fills it and the command prints
// it; between them it has one owner at a time, so nothing here is locked.
type Report struct {
	SchemaVersion int `json:"schema_version"` // of this document
	// Complete is false when the session was interrupted or gave up: the verdicts
	// that are there stand, the missing ones are Pending.
	Complete  bool   `json:"complete"`
	Tool      Tool   `json:"tool"`
	Module    string `json:"module"`     // module path
	GoVersion string `json:"go_version"` // of the toolchain that built the tests, such as "go1.26.0"

	// Scope says which part of the mutants was asked for, "" for all.
	Scope string `json:"scope,omitempty"`
	// Stopped says why a session ended before all its mutants were judged, if that
	// was wanted; Complete is false then.
	Stopped string `json:"stopped,omitempty"`
	// Shard is set if this is a part of a session only.
	Shard *Shard `json:"shard,omitempty"`
	// Sandbox are the walls around the tests that were asked for: overlay, net.
	Sandbox []string `json:"sandbox,omitempty"`
	// TimeoutsUndetected tells that timeouts count as undetected.
	TimeoutsUndetected bool `json:"timeouts_undetected,omitempty"`

	Summary  Summary    `json:"summary"`
	Timing   Timing     `json:"timing"`
	Packages []Package  `json:"packages"`
	SetAside []SetAside `json:"set_aside_tests"`
	// Notes are sentences about the session: what the platform cannot enforce and
	// what happened that the reader should know.
	Notes   []string  `json:"notes"`
	Mutants []*Mutant `json:"mutants"` // in source order

	// Dir is the module's root on this machine, absolute; the text report reads
	// the user's lines there.
	Dir string `json:"-"`
	// Rest are the ids of the mutants that were found and not asked for.
	Rest []string `json:"-"`
}

// Tool names the program that wrote a report.
type Tool struct {
	Name    string `json:"name"`    // of the program
	Version string `json:"version"` // of the program, "devel" for a build from a work tree
}

// Mutant is a mutant with the story of its verdict.
type Mutant struct {
	mutant.Mutant

	// Cause sharpens the status in one or two words: what kind of death a kill or
	// a timeout was, or what a survivor was missing. See the Cause constants.
	Cause string `json:"cause,omitempty"`
	// Loop is the place of the loop that hangs, as file:line, for a timeout by
	// iterations: the outermost one of its function that still went round, or the
	// place that called the function again and again. A timeout by the wall clock
	// knows none.
	Loop string `json:"loop,omitempty"`
	// Accepted is the reason why somebody accepted that no test notices it, "" if
	// nobody did or if a test does.
	Accepted string `json:"accepted,omitempty"`
	// TestsReaching are the tests that execute the mutated code, in the order of
	// their binary. A test of another package is written "import/path.TestName".
	TestsReaching []string `json:"tests_reaching"`
	// KilledBy is the test that was running when the mutant died, if there was one.
	KilledBy string `json:"killed_by,omitempty"`
	// TestsRun are the tests that ran with this mutant active, in the order in
	// which they ran.
	TestsRun []string `json:"tests_run"`
	// DurationMS is the wall time of all its children, in milliseconds.
	DurationMS float64 `json:"duration_ms"`

	// Output is what its deciding child printed, head and tail; kept for `show`.
	Output []byte `json:"-"`
}

// Causes of verdicts.
const (
	CauseTest       = "test"         // killed: a named test failed
	CausePanic      = "panic"        // killed
	CauseFatal      = "fatal error"  // killed: the Go runtime gave up
	CauseExit       = "exit"         // killed: the process ended with a code of its own
	CauseMemory     = "memory"       // killed: passed its memory bound
	CauseProcesses  = "processes"    // killed: passed its bound of processes
	CauseSignal     = "signal"       // killed: two equal deaths by a signal that was not ours
	CauseIterations = "iterations"   // timeout: loops went far beyond the dry run's count
	CauseDeadlock   = "deadlock"     // timeout: all threads wait for each other
	CauseWallClock  = "wall clock"   // timeout: confirmed alone, or nothing could wake it in its time
	CauseReach      = "not reached"  // not covered: no test executes it
	CauseInfection  = "not infected" // survived: reached, but never made a difference
	CauseAssertion  = "not observed" // survived: made a difference that no assertion noticed
)

// Package is the state of one package of the session without any mutant.
type Package struct {
	Path   string        `json:"path"`   // import path
	Status PackageStatus `json:"status"` // whether it can be judged
	// Message is the compiler's or the tests' own words when Status is not OK.
	Message string `json:"message,omitempty"`
	// Exclusive says why its tests run one process at a time, "" if they do not.
	Exclusive string `json:"exclusive,omitempty"`
}

// PackageStatus tells whether a package can be judged.
type PackageStatus string

const (
	PackageOK         PackageStatus = "ok"
	PackageNoTests    PackageStatus = "no_tests"         // it has no tests of its own
	PackageBroken     PackageStatus = "does_not_compile" // plainly, without any mutant
	PackageTestsFail  PackageStatus = "tests_fail"       // plainly, without any mutant
	PackageUnfinished PackageStatus = "unfinished"       // the session ended before its tests had run
)

// SetAside is a test that passes plainly but cannot judge mutants.
type SetAside struct {
	Package string `json:"package"` // import path
	Test    string `json:"test"`    // its name
	Reason  string `json:"reason"`  // why, in one sentence
}

// Timing is where the session's wall time went. All values are milliseconds.
// Stages overlap, so the parts may add up to more than Total.
type Timing struct {
	Setup   Setup   `json:"setup"`
	Mutants float64 `json:"mutants"` // from the first mutant's start to the last one's end
	Total   float64 `json:"total"`   // from the beginning of the session to its end

	// ProcessStart is what starting a test binary costs beside its tests. For a
	// binary by which 100 mutants or more were detected it is the median of nine
	// processes that ran with nothing of ours beside them, but no more than the median
	// of those of the mutants; for others the least that any process took. The quickest
	// binary counts.
	ProcessStart float64 `json:"process_start"`
	// Floor is the least that the phase Mutants can have taken with these workers
	// and one process for each mutant: for each detected mutant the start and its
	// fastest known killer, for each survivor that had to be run the start and all
	// tests that could notice, divided by the workers. 0 if nothing was run.
	Floor float64 `json:"floor"`
	// Efficiency is Floor / Mutants; nil if nothing was run.
	Efficiency *float64 `json:"efficiency"`
	// Binaries counts the test binaries of the session, Links those of them that
	// had to be linked because something had changed.
	Binaries int `json:"binaries"`
	Links    int `json:"links"` // binaries that had to be linked
	// Shared counts the mutants to be judged that are compiled with all others of
	// their package, Alone those that need a build of their own.
	Shared int `json:"shared_builds"`
	Alone  int `json:"own_builds"` // mutants that needed a build of their own
}

// Setup is the time before mutants run, in milliseconds.
type Setup struct {
	Load   float64 `json:"load"`    // reading packages, finding and checking mutants
	Build  float64 `json:"build"`   // building the test binaries
	DryRun float64 `json:"dry_run"` // running the tests without any mutant
	Total  float64 `json:"total"`   // until the first mutant could start
}
