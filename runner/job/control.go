package job

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// killedFirst tells whether the first test of the list is the one that noticed:
// it runs as it does alone, and alone it is known to pass.
func killedFirst(p plan.Process, out isolation.Outcome) bool {
	return len(p.Tests) > 0 && p.Tests[0] == out.Test && !p.Whole
}

// control takes a kill back when the same list fails without any mutant too.
// Then the whole run, which is known to pass, judges in its place; without one
// the tests are flaky.
func (w *Worker) control(ctx context.Context, r MutantRequest, p plan.Process, out isolation.Outcome, v *Verdict) error {
	p.Tests = upTo(p.Tests, out.Test)
	clean, err := w.clean(ctx, r, p)
	if err != nil {
		return err
	}
	if clean.Status != "" && p.Otherwise != nil {
		v.Status, v.KilledBy = "", nil
		return w.judge(ctx, r, *p.Otherwise, v)
	}
	if clean.Status != "" {
		v.unsteady(clean)
	}
	return nil
}

// unsteady says that the tests which detected the mutant fail without it, too.
func (v *Verdict) unsteady(clean Verdict) {
	v.Status, v.Cause, v.Unsteady = mutant.Flaky, "", clean.KilledBy
	v.Reason = fmt.Sprintf("without any mutant the same tests fail too: %s", clean.Reason)
}

// clean is what a process comes to without any mutant; each list is run once.
func (w *Worker) clean(ctx context.Context, r MutantRequest, p plan.Process) (v Verdict, err error) {
	key := r.Binaries[p.Package].Path + "\x00" + strings.Join(p.Tests, "\x00")
	v, known := w.controls[key]
	if known {
		return v, nil
	}
	out, err := w.child(ctx, r, p, isolation.Clean)
	if err == nil && out.Again { // the signal may have come from outside
		out, err = w.child(ctx, r, p, isolation.Clean)
	}
	if err != nil {
		return v, err
	}
	v.decide(p, out)
	w.controls[key] = v
	return v, nil
}

// upTo is the list up to and with the named test; all of it if there is none.
func upTo(tests []string, name string) []string {
	if i := slices.Index(tests, name); i >= 0 {
		return tests[:i+1]
	}
	return tests
}
