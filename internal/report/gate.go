package report

import (
	"fmt"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// Exit codes of the command.
const (
	ExitOK     = 0 // the gate passed
	ExitGate   = 1 // the gate failed, or a verification disagreed
	ExitUsage  = 2 // bad flags, arguments or configuration
	ExitTests  = 3 // a package does not compile or fails its tests without any mutant
	ExitBroken = 4 // the tool could not do its work
)

// Gate is what a report must hold for exit code 0. Its zero value allows every
// score and no mutant with the status error.
type Gate struct {
	MinScore  *float64 // percent, 0 to 100; nil: every score passes
	MaxErrors int      // mutants that could not be attributed
}

// Failures says in a sentence each what the gate objects to; none when it
// passes. A missing score fails a gate that asks for one, unless nothing was in
// scope at all.
func (g Gate) Failures(r *Report) []string {
	var failures []string
	if n := r.Summary.ByStatus[mutant.Error]; n > g.MaxErrors {
		failures = append(failures, fmt.Sprintf("%s could not be judged, %d allowed", Count(n, "mutant"), g.MaxErrors))
	}
	if g.MinScore == nil || r.Summary.Total == 0 {
		return failures
	}
	switch score := r.Summary.Score; {
	case score == nil:
		failures = append(failures, fmt.Sprintf("there is no score, and at least %s %% is asked for", number(*g.MinScore)))
	case *score < *g.MinScore:
		failures = append(failures, fmt.Sprintf("the score of %s %% is below the minimum of %s %%: %s", Percent(score), number(*g.MinScore), missing(r.Summary, *g.MinScore)))
	}
	return failures
}

// missing says how many more mutants would have to be detected.
func missing(s Summary, minimum float64) string {
	all := s.Detected + s.Undetected
	for n := 1; n <= s.Undetected; n++ {
		if 100*float64(s.Detected+n)/float64(all) >= minimum {
			return fmt.Sprintf("%d more of %d would have to be detected", n, all)
		}
	}
	return fmt.Sprintf("%d of %d are detected", s.Detected, all)
}

// ExitCode is the exit code that r deserves under g. trouble is what kept the
// tool from its work, nil if nothing did; the highest of 1, 3 and 4 wins.
func (g Gate) ExitCode(r *Report, trouble error) int {
	switch {
	case trouble != nil || !r.Complete:
		return ExitBroken
	case r.TestsFail():
		return ExitTests
	case len(g.Failures(r)) > 0:
		return ExitGate
	}
	return ExitOK
}

// TestsFail tells whether a package does not compile or fails its own tests
// without any mutant.
func (r *Report) TestsFail() bool {
	for _, p := range r.Packages {
		if p.Status == PackageBroken || p.Status == PackageTestsFail {
			return true
		}
	}
	return false
}

// ExitCode is the exit code that v deserves; trouble as for a gate.
func (v *Verification) ExitCode(trouble error) int {
	switch {
	case trouble != nil || !v.Complete:
		return ExitBroken
	case v.Disagreements() > 0:
		return ExitGate
	}
	return ExitOK
}
