package report

import (
	"fmt"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// summary writes the numbers: every status that occurs, the scores, the time, and
// what stands against exit code 0.
func (p *page) summary(r *Report, g Gate) {
	switch {
	case r.Summary.Total > 0:
		p.scope(r)
		p.counts(r)
		p.accepted(r.Summary)
		p.scores(r.Summary)
		if r.nothingInScope() {
			p.line("nothing to judge: every mutant in scope is ignored")
		}
	case r.Complete:
		p.scope(r)
		p.line("nothing to mutate: no mutants in scope")
	}
	p.line("time         %s", times(r.Timing))
	if r.Timing.Efficiency != nil {
		p.line("limit        %s", limit(r.Timing))
	}
	p.objections(r, g)
}

// scope says which part of the mutants was asked for, if it was a part.
func (p *page) scope(r *Report) {
	if r.Scope != "" {
		p.line("scope        %s", r.Scope)
	}
	if r.Shard != nil {
		p.line("shard        %d of %d: %s of %d", r.Shard.Index, r.Shard.Count, Count(r.Summary.Total, "mutant"), r.Shard.Session.Mutants)
	}
}

func (p *page) counts(r *Report) {
	p.line("%s", p.paint(bold, fmt.Sprintf("%-12s %d", "mutants", r.Summary.Total)))
	for _, status := range mutant.Statuses() {
		n := r.Summary.ByStatus[status]
		if n == 0 && status != mutant.Survived {
			continue
		}
		p.line("%s", strings.TrimRight(fmt.Sprintf("%-12s %-5d %s", status, n, causes(r.Mutants, status)), " "))
	}
}

// causes says how many mutants of a status have which cause, in the order of
// first appearance, when the status has any: "panic 2, test 11".
func causes(mutants []*Mutant, status mutant.Status) string {
	var order []string
	number := make(map[string]int)
	for _, m := range mutants {
		if m.Status != status || m.Cause == "" {
			continue
		}
		if number[m.Cause] == 0 {
			order = append(order, m.Cause)
		}
		number[m.Cause]++
	}
	parts := make([]string, len(order))
	for i, cause := range order {
		parts[i] = fmt.Sprintf("%s %d", cause, number[cause])
	}
	return strings.Join(parts, ", ")
}

// accepted says how many of the undetected mutants somebody accepted.
func (p *page) accepted(s Summary) {
	if s.Accepted > 0 {
		p.line("%-12s %-5d undetected, and no work: see the baseline", "accepted", s.Accepted)
	}
}

func (p *page) scores(s Summary) {
	score := "none: nothing was detected or undetected"
	if s.Score != nil {
		score = fmt.Sprintf("%s %%  (%d of %d detected)", Percent(s.Score), s.Detected, s.Detected+s.Undetected)
	}
	p.line("%s", p.paint(bold, "score        "+score))
	if n := s.ByStatus[mutant.NotCovered]; n > 0 && s.CoveredScore != nil {
		p.line("%-12s %s %%  (%d of %d where a test executes the code)", "covered", Percent(s.CoveredScore), s.Detected, s.Detected+s.Undetected-n)
	}
}

// times is the wall time and its parts. Stages overlap: the parts are no sum.
func times(t Timing) string {
	return fmt.Sprintf("%s  (load %s, build %s, dry run %s, mutants %s)",
		duration(t.Total), duration(t.Setup.Load), duration(t.Setup.Build), duration(t.Setup.DryRun), duration(t.Mutants))
}

// limit holds the phase of the mutants against what is physically possible.
func limit(t Timing) string {
	return fmt.Sprintf("mutants could not take less than %s: efficiency %.2f", duration(t.Floor), *t.Efficiency)
}

// objections are the lines that a person must not miss: they explain every exit
// code but 0.
func (p *page) objections(r *Report, g Gate) {
	if !r.Complete && r.Stopped == "" {
		p.line("%s", p.paint(red, fmt.Sprintf("incomplete: %d of %s without a verdict", r.Summary.ByStatus[mutant.Pending], Count(r.Summary.Total, "mutant"))))
	}
	if r.TestsFail() {
		p.line("%s", p.paint(red, "not judged: "+some(failing(r), 4)))
	}
	for _, failure := range g.Failures(r) {
		p.line("%s", p.paint(red, "gate failed: "+failure))
	}
}

// failing lists the packages that cannot be judged, with the reason.
func failing(r *Report) []string {
	var names []string
	for _, pkg := range r.Packages {
		switch pkg.Status {
		case PackageBroken:
			names = append(names, pkg.Path+" (does not compile)")
		case PackageTestsFail:
			names = append(names, pkg.Path+" (its tests fail)")
		}
	}
	return names
}
