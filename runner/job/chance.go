package job

import (
	"context"
	"fmt"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// repeat runs a survivor again where chance decides about it: it counts as noticed if
// any run notices it.
func (w *Worker) repeat(ctx context.Context, r MutantRequest, v *Verdict) error {
	for _, p := range r.Repeat {
		for i := range p.Times {
			if err := w.judge(ctx, r, p.Process, v); err != nil {
				return err
			}
			if v.Status != "" {
				v.Reason += fmt.Sprintf(" in run %d: chance decides what it does", i+2)
				return w.doubt(ctx, r, p, v)
			}
		}
	}
	return nil
}

// doubt takes a kill back that a test owes to its own luck: many runs have more of that
// than one. Without a mutant it must pass as often as it may run with one.
func (w *Worker) doubt(ctx context.Context, r MutantRequest, p plan.Repeat, v *Verdict) error {
	if v.Status != mutant.Killed || v.List == nil || v.List.Package != p.Package {
		return nil
	}
	key := r.Binaries[p.Package].Path + "\x00" + strings.Join(v.List.Tests, "\x00")
	for w.passes[key] < p.Times {
		out, err := w.child(ctx, r, *v.List, isolation.Clean)
		if err != nil {
			return err
		}
		var clean Verdict
		if clean.decide(*v.List, out); clean.Status != "" {
			v.unsteady(clean)
			return nil
		}
		w.passes[key]++
	}
	return nil
}
