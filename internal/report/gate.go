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
// score, every survivor and no mutant with the status error.
type Gate struct {
	MinScore        *float64 // percent, 0 to 100; nil: every score passes
	MinCoveredScore *float64 // the same for the score of what tests execute
	MaxSurvivors    *int     // survivors that are not accepted; nil: any number
	MaxErrors       int      // mutants that could not be attributed
	// NoNew allows no undetected mutant that is not accepted.
	NoNew bool
}

// Failures says in a sentence each what the gate objects to; none when it
// passes. A missing score fails a gate that asks for one, unless nothing was in
// scope at all.
func (g Gate) Failures(r *Report) []string {
	var failures []string
	object := func(failure string) {
		if failure != "" {
			failures = append(failures, failure)
		}
	}
	object(exceeds(r.Summary.ByStatus[mutant.Error], g.MaxErrors, "mutant", "could not be judged"))
	if g.MaxSurvivors != nil {
		object(exceeds(r.survivors(), *g.MaxSurvivors, "mutant", "survived without being accepted"))
	}
	if g.NoNew {
		object(news(r))
	}
	if r.Stopped != "" {
		object(r.Stopped)
	}
	if r.nothingInScope() {
		return failures
	}
	s := r.Summary
	object(falls("score", s.Score, g.MinScore, s.Detected, s.Detected+s.Undetected))
	object(falls("covered score", s.CoveredScore, g.MinCoveredScore, s.Detected, s.Detected+s.Undetected-s.ByStatus[mutant.NotCovered]))
	return failures
}

// exceeds objects to more of something than are allowed.
func exceeds(n, allowed int, noun, what string) string {
	if n <= allowed {
		return ""
	}
	return fmt.Sprintf("%s %s, %d allowed: %d too many", Count(n, noun), what, allowed, n-allowed)
}

// news objects to what no test notices and nobody accepted.
func news(r *Report) string {
	n := r.Summary.Undetected - r.Summary.Accepted
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s new: no test notices, and nobody accepted (evilution-go accept ID --reason …)", Count(n, "mutant"))
}

// falls objects to a score below its minimum.
func falls(name string, score, minimum *float64, detected, all int) string {
	switch {
	case minimum == nil || score != nil && *score >= *minimum:
		return ""
	case score == nil:
		return fmt.Sprintf("there is no %s, and at least %s %% is asked for", name, number(*minimum))
	}
	return fmt.Sprintf("the %s of %s %% is below the minimum of %s %%: %s", name, Percent(score), number(*minimum), missing(detected, all, *minimum))
}

// survivors counts the survivors that are not accepted.
func (r *Report) survivors() int {
	n := 0
	for _, m := range r.Mutants {
		if m.Status == mutant.Survived && m.Accepted == "" {
			n++
		}
	}
	return n
}

// nothingInScope tells whether there was nothing to judge: no mutant at all or,
// where a part of the mutants was asked for, none but those that are ignored.
func (r *Report) nothingInScope() bool {
	out := r.Summary.ByStatus[mutant.Ignored] + r.Summary.ByStatus[mutant.Equivalent]
	return r.Summary.Total == 0 || r.Scope != "" && r.Summary.Total == out
}

// missing says how many more mutants would have to be detected.
func missing(detected, all int, minimum float64) string {
	for n := 1; n <= all-detected; n++ {
		if 100*float64(detected+n)/float64(all) >= minimum {
			return fmt.Sprintf("%d more of %d would have to be detected", n, all)
		}
	}
	return fmt.Sprintf("%d of %d are detected", detected, all)
}

// ExitCode is the exit code that r deserves under g. trouble is what kept the
// tool from its work, nil if nothing did; the highest of 1, 3 and 4 wins.
func (g Gate) ExitCode(r *Report, trouble error) int {
	switch {
	case trouble != nil || !r.Complete && r.Stopped == "":
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
