package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/workqueue"
)

// dispute is a mutant whose verdict a plain rebuild contradicts, with the
// experiments that find out why.
type dispute struct {
	*session
	m       *subject
	story   report.Story
	request job.PlainRequest // that decided the plain story
}

// experiment looks for one cause. Its answer is a sentence, "" if that cause is
// not the one.
type experiment struct {
	class report.Class
	look  func(context.Context) (string, error)
}

// classify makes one experiment after another until one explains the
// disagreement. What nothing else explains is a mistake of this program.
func (d *dispute) classify(ctx context.Context) (report.Class, string, error) {
	if d.story.Status == mutant.Invalid {
		return report.ClassBug, "the edits of the mutant do not compile", nil
	}
	for _, e := range []experiment{
		{report.ClassFlaky, d.flaky(repeats)},
		{report.ClassInstrumentation, d.instrumentation},
		{report.ClassSelection, d.selection},
		{report.ClassFlaky, d.flaky(moreRepeats)},
		{report.ClassOrder, d.order},
	} {
		if d.request.Package == "" {
			break // nothing was run that could be run again
		}
		why, err := e.look(ctx)
		if err != nil {
			return "", "", err
		}
		if why != "" {
			return e.class, why, nil
		}
	}
	return report.ClassBug, "the same tests see the same code and differ: please report it", nil
}

// A plain run is repeated a few times at first, and more often before a cause is
// claimed that the outcome of single runs decides: a test that looks at the clock
// may notice a mutant in two of three runs.
const (
	repeats     = 2
	moreRepeats = 8
)

// flaky repeats the plain run n times.
func (d *dispute) flaky(n int) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		for range n {
			reply, err := d.plain(ctx, d.request)
			if err != nil {
				return "", err
			}
			if plainVerdict(d.m, reply).Status.Detected() != d.story.Status.Detected() {
				return fmt.Sprintf("the plain run was %s and, repeated, %s", d.story.Status, reply.Outcome), nil
			}
		}
		return "", nil
	}
}

// instrumentation runs the same tests without the mutant both ways.
func (d *dispute) instrumentation(ctx context.Context) (string, error) {
	clean := d.request
	clean.Mutant = nil
	plain, err := d.plain(ctx, clean)
	if err != nil {
		return "", err
	}
	reply, err := do[job.RecordReply](ctx, d.session, workqueue.Item{Kind: job.KindRecord, Timeout: 2 * dryRunLimit}, job.RecordRequest{
		Place: d.place, Binary: d.binaries[clean.Package], Lists: [][]string{clean.Tests}, Wall: dryRunLimit,
	})
	if err != nil {
		return "", err
	}
	out := reply.Outcomes[0]
	if plain.Passed() == (out.Verdict == isolation.Passed) {
		return "", nil
	}
	return fmt.Sprintf("without any mutant the tests ended as %q plainly and as %q when instrumented", plain.Outcome, out.Verdict), nil
}

// selection looks for a test that noticed and had not been run with the mutant.
func (d *dispute) selection(context.Context) (string, error) {
	test := d.story.KilledBy
	if d.m.Status.Detected() || d.m.Number == 0 || test == "" {
		return "", nil
	}
	if slices.Contains(d.m.TestsRun, name(d.m.Package, plan.TestRef{Package: d.request.Package, Test: test})) {
		return "", nil
	}
	return fmt.Sprintf("%s of %s notices, and was not among the tests that ran with the mutant", test, d.request.Package), nil
}

// order runs the other list of tests plainly: the whole one where selected tests
// had detected the mutant, the selected one where the whole one did.
func (d *dispute) order(ctx context.Context) (string, error) {
	other, whole := d.request, d.m.Status.Detected()
	if whole {
		other = d.plainRequest(d.m, d.request.Package, d.request.Rel, nil)
	} else if other.Tests = d.selected(); len(other.Tests) == 0 {
		return "", nil
	}
	if slices.Equal(other.Tests, d.request.Tests) {
		return "", nil
	}
	reply, err := d.plain(ctx, other)
	if err != nil || plainVerdict(d.m, reply).Status.Detected() == d.story.Status.Detected() {
		return "", err
	}
	if whole {
		return fmt.Sprintf("the tests that were selected pass plainly (%s), the whole run of %s does not", strings.Join(d.request.Tests, ", "), other.Package), nil
	}
	return fmt.Sprintf("the whole run of %s fails plainly, the tests that were selected pass (%s)", other.Package, strings.Join(other.Tests, ", ")), nil
}

// selected are the tests of the disputed package that judged the mutant, none if
// a whole run was among what judged it.
func (d *dispute) selected() []string {
	var tests []string
	for _, p := range slices.Concat(d.m.plan.Judge, d.m.plan.Confirm) {
		if p.Package != d.request.Package {
			continue
		}
		if p.Whole {
			return nil
		}
		tests = p.Tests
	}
	return tests
}
