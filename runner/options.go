package runner

import (
	"io"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/scope"
	"github.com/evilution-go/evilution-go/internal/shard"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// Options is what a session is asked to do. The zero value runs the default
// operators on the packages of the current directory's module with one worker.
type Options struct {
	Dir       string   // where the patterns are meant; "" is the current directory
	Patterns  []string // packages; none means ./...
	Jobs      int      // workers, at least 1
	Operators []string // names; none means all of the profile
	Profile   string   // default, strong or all; "" is default, and all where Operators names some
	// IgnoreCalls are patterns of functions whose calls are not mutated, as in
	// mutate.Options.
	IgnoreCalls []string
	Tags        string // build tags, separated by commas
	Tests       string // whose tests judge: TestsModule (the default) or TestsPackage
	Skip        string // regular expression of tests that do not take part, as in go test -skip
	// TimeoutFactor multiplies what the tests of a mutant took without it; 0 means
	// the default of 10.
	TimeoutFactor float64
	// BaselineRuns is how often the tests of a package must pass in their order
	// before they judge: once recording, then as the children of mutants run them; 0
	// means the default of 2.
	BaselineRuns int
	// Sandbox are the walls around the tests besides the usual ones: SandboxOverlay,
	// SandboxNet. What this machine does not allow is a *UsageError.
	Sandbox []string
	// WorkerSlack is how much longer than its processes a worker may take for a mutant
	// until it counts as stuck; 0 means a minute.
	WorkerSlack time.Duration
	// RecheckAfter is the least time between two checks of the suite without any
	// mutant, while mutants run; 0 means 10 seconds.
	RecheckAfter time.Duration
	// Scope says which mutants of the packages are asked for.
	Scope scope.Scope
	// Shard is the part of these that is judged here; the zero value is all.
	Shard shard.Part
	// Since asks, within Scope, for the lines that have changed since this commit,
	// branch or tag; "" does not.
	Since string
	// ConfirmSurvivors is auto, always or never: when a survivor of the selected
	// tests must pass a whole run of its package's tests too. "" is auto.
	ConfirmSurvivors string
	// FailFast ends the session after so many undetected mutants; 0 never does. The
	// ids of Accepted do not count.
	FailFast int
	Accepted map[string]bool
	// NoInfection runs every test that executes a mutant, even where the dry runs
	// prove that it made no difference.
	NoInfection bool
	Version     string // of the tool, for the report
	// Store is a directory that keeps built test binaries for later sessions; ""
	// keeps them in the session only.
	Store string
	// History is a file that remembers which test noticed which mutant, to order
	// the tests of later sessions, and which tests were flaky; "" neither reads nor
	// writes one.
	History string

	// Progress hears of every step. It is called from one goroutine at a time, often,
	// and must return at once. It may be nil.
	Progress func(Progress)
	// Mutant hears of every mutant when it is found, and again when it has its
	// verdict. What it gets is its own. It is called from one goroutine at a time,
	// never together with Progress, and must return at once. It may be nil.
	Mutant func(report.Mutant)
	// Stderr receives what workers print of their own, which is trouble; nil drops it.
	Stderr io.Writer
}

// Values of Options.Tests.
const (
	TestsModule  = "module"  // every test of the module that executes a mutant
	TestsPackage = "package" // only the tests of the mutant's own package
)

// Progress is where a session stands.
type Progress struct {
	Stage    string // load, build, dry run, mutants, verify
	Done     int
	Total    int
	Killed   int // mutants, timeouts included
	Survived int
	Elapsed  time.Duration
}

// UsageError is trouble that the user can mend: the command ends with exit code 2.
type UsageError struct{ Text string }

func (e *UsageError) Error() string { return e.Text }

// withDefaults fills in what the zero value means.
func (o Options) withDefaults() Options {
	if len(o.Patterns) == 0 {
		o.Patterns = []string{"./..."}
	}
	o.Jobs = max(o.Jobs, 1)
	if o.TimeoutFactor == 0 {
		o.TimeoutFactor = plan.Default().TimeoutFactor
	}
	if o.BaselineRuns <= 0 {
		o.BaselineRuns = 2
	}
	if o.WorkerSlack <= 0 {
		o.WorkerSlack = judgeSlack
	}
	if o.RecheckAfter <= 0 {
		o.RecheckAfter = recheckAfter
	}
	if o.ConfirmSurvivors == "" {
		o.ConfirmSurvivors = string(plan.ConfirmAuto)
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Mutant == nil {
		o.Mutant = func(report.Mutant) {}
	}
	return o
}
