package job

import (
	"context"
	"fmt"
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// byChance ends the reason of a mutant that batches have detected.
const byChance = " when it ran again and again: chance decides what the mutant does"

// isLuck tells whether chance may have made a test fail that killed a mutant. It has to
// do so twice.
func (r MutantRequest) isLuck(v *Verdict) bool {
	return v.Status == mutant.Killed && v.KilledBy != nil && plan.Chance(r.Repeat, *v.KilledBy) > 0
}

// repeat runs a survivor in batches where chance has a part in it.
func (w *Worker) repeat(ctx context.Context, r MutantRequest, v *Verdict) error {
	for _, p := range r.Repeat {
		if err := w.batch(ctx, r, p, v); err != nil || v.Status != "" {
			return err
		}
	}
	return nil
}

// batch runs one. What it detects counts only if more of them detect it, too, and as
// many pass without a mutant.
func (w *Worker) batch(ctx context.Context, r MutantRequest, p plan.Process, v *Verdict) error {
	p = w.repeatable(r, p)
	for i := range plan.Batches {
		*v = v.undecided()
		if _, err := w.look(ctx, r, p, v); err != nil || v.Status == "" {
			return err
		}
		clean, err := w.without(ctx, r, *v.List, i+1)
		switch {
		case err != nil:
			return err
		case clean.Status != "" && w.foundUnrepeatable(r, p, clean):
			*v = v.undecided()
			return w.batch(ctx, r, p, v)
		case clean.Status != "":
			v.unsteady(clean)
			return nil
		}
	}
	v.Reason += byChance
	return nil
}

// without runs a list without a mutant until it has passed n times in all; the verdict
// is that of a run that did not pass.
func (w *Worker) without(ctx context.Context, r MutantRequest, p plan.Process, n int) (clean Verdict, err error) {
	key := fmt.Sprint(r.Binaries[p.Package].Path, p.Tests, p.Times)
	for w.passes[key] < n {
		out, err := w.child(ctx, r, p, isolation.Clean)
		if err != nil {
			return clean, err
		}
		if clean.decide(p, out); clean.Status != "" {
			return clean, nil
		}
		w.passes[key]++
	}
	return clean, nil
}

// repeatable lets those tests of a batch run once that cannot run again in the same
// process.
func (w *Worker) repeatable(r MutantRequest, p plan.Process) plan.Process {
	p.Times = slices.Clone(p.Times)
	for i, test := range p.Tests {
		if w.unrepeatable[r.Binaries[p.Package].Path+"\x00"+test] {
			p.Times[i] = 1
		}
	}
	return p
}

// foundUnrepeatable notes a test that failed without a mutant where it ran several
// times: it may not have been made for that. It is false for any other failure.
func (w *Worker) foundUnrepeatable(r MutantRequest, p plan.Process, clean Verdict) bool {
	if clean.KilledBy == nil {
		return false
	}
	i := slices.Index(p.Tests, clean.KilledBy.Test)
	if i < 0 || p.Times[i] <= 1 {
		return false
	}
	w.unrepeatable[r.Binaries[p.Package].Path+"\x00"+p.Tests[i]] = true
	return true
}

// undecided is v without what decided it.
func (v *Verdict) undecided() Verdict { return Verdict{Ran: v.Ran} }
