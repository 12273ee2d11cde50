package isolation

import (
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
)

// Verdict is what a run came to. The set is closed; the zero value claims
// nothing, and Run never returns it without an error.
type Verdict uint8

// The verdicts.
const (
	Unknown Verdict = iota
	Passed          // all tests ran and passed, and the process exited with 0
	Failed          // a test failed, Outcome.Test names it
	Crashed         // the process ended otherwise; Outcome.Cause says how
	Hang            // past its iterations, says the child
	Timeout         // past its time, say we
	Broken          // facts and frames make no sense; Outcome.Detail says why
	// Empty: exit status 0 before any test ran, as when TestMain returns without
	// m.Run; `go test` takes it for a pass.
	Empty
)

// String is the verdict's name in lower case.
func (v Verdict) String() string {
	return [...]string{"unknown", "passed", "failed", "crashed", "hang", "timeout", "broken", "empty"}[v]
}

// The causes of Crashed.
const (
	CausePanic     = "panic"
	CauseFatal     = "fatal error" // of the Go runtime: deadlock, stack overflow, concurrent map writes
	CauseExit      = "exit"        // a non-zero exit code without either
	CauseMemory    = "memory"      // past Limits.Memory
	CauseProcesses = "processes"   // past Limits.Processes
	CauseSignal    = "signal"      // one that we did not send; see Outcome.Again
)

// CauseDeadlock is a Timeout because all threads of the only process wait for each
// other. Linux only.
const CauseDeadlock = "deadlock"

// Outcome is all that is known of one run.
type Outcome struct {
	Verdict Verdict
	// Cause says how it crashed, and of a Timeout if it was a CauseDeadlock; "" for
	// other verdicts.
	Cause string
	// Test is the test that failed, or that was running at the end; "" for
	// what runs before or after the tests, and in a whole run.
	Test string
	// Detail is one line for people.
	Detail string
	// Loop is what went round and round; only for a Hang.
	Loop LoopPlace
	// Certain tells that a Timeout does not depend on how much time there was: nothing
	// could have woken the process before it was up. Linux only.
	Certain bool
	// Again tells that the end may come from outside, like a signal of the
	// kernel's when memory is short, or be a coincidence: only two equal outcomes mean
	// anything.
	Again bool

	Hello Hello
	Init  []Reach   // mode Record: before the first test
	Tests []TestRun // in the order they ended
	Rest  []Reach   // mode Record: after the last test
	Done  bool      // the child said that it ran all it should
	Code  int       // what it said its exit code would be

	Exit   supervisor.Exit
	Output []byte        // head and tail of standard output and error, together
	Wall   time.Duration // from start to end
	// Peak is the most that a sample saw; a child that lives for less than
	// 10 ms has none, but Exit.MaxRSS.
	Peak sandbox.Usage
	// Unclean says what could not be removed or ended after the run, if
	// anything; it does not touch the verdict. Directories are tried again
	// later by their Root.
	Unclean string
}

// Beside is what the process took beside its tests, from its start to its end. It
// means something only where every test that began has ended.
func (o Outcome) Beside() time.Duration {
	rest := o.Wall
	for _, t := range o.Tests {
		rest -= t.Wall
	}
	return rest
}

// LoopPlace is a loop in the mutant's function, or what calls that function again and
// again, as the child's own runtime names it. The zero value is unknown.
type LoopPlace struct {
	File string
	Line int
	Call bool
}

// Hello is what a child says of itself.
type Hello struct {
	PID      int       `msgpack:"pid"`
	Tests    []string  `msgpack:"tests"` // all of the binary, in its order; none if the order named some
	Packages []Package `msgpack:"packages"`
}

// Package is one instrumented package of a binary.
type Package struct {
	Path    string `msgpack:"path"`
	Funcs   int    `msgpack:"funcs"`
	Mutants int    `msgpack:"mutants"`
}

// TestRun is one test that came to its end.
type TestRun struct {
	Test  string
	Code  int // 0: it passed
	Wall  time.Duration
	Reach []Reach // mode Record
}

// Reach is what was executed of one package.
type Reach struct {
	Path    string   `msgpack:"path"`
	Mutants []uint64 `msgpack:"mutants"` // triples: number, times reached, times infected
	Ticks   []uint64 `msgpack:"ticks"`   // pairs: function, iterations
	Longest []uint64 `msgpack:"longest"` // pairs: function, most iterations between two of its calls
	Sums    []uint64 `msgpack:"sums"`    // pairs: function, sum of the values seen in it
}
