package job

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// MutantRequest asks for the verdict on one mutant.
type MutantRequest struct {
	Place    Place
	Package  string // the mutant's
	Number   int    // its switch
	Alone    bool   // nothing else of the session runs
	Binaries map[string]Binary
	// Judge must all pass for a survivor; then Confirm must too.
	Judge   []plan.Process
	Confirm []plan.Process
	// Repeat are the batches of a survivor about which chance decides.
	Repeat []plan.Process
	Single []plan.Process // before them, with one test each
}

// Binary is a built test binary.
type Binary struct {
	Path string // of the file
	Rel  string // of its package's folder, from the module's root
}

// mutant runs the processes one after another until one notices the mutant.
func (w *Worker) mutant(ctx context.Context, r MutantRequest) (*Verdict, error) {
	start := time.Now()
	v := &Verdict{}
	err := w.once(ctx, r, v)
	if err == nil && v.Status == "" {
		err = w.repeat(ctx, r, v)
	}
	if err != nil {
		return nil, err
	}
	if v.Status == "" {
		v.Status = mutant.Survived
	}
	v.Duration = time.Since(start)
	return v, nil
}

// once runs each process once, until one notices the mutant.
func (w *Worker) once(ctx context.Context, r MutantRequest, v *Verdict) error {
	for _, p := range slices.Concat(r.Judge, r.Confirm) {
		if err := w.judge(ctx, r, p, v); err != nil || v.Status != "" {
			return err
		}
	}
	return nil
}

// judge runs one process and writes into v what it proves; nothing if every
// test passed.
func (w *Worker) judge(ctx context.Context, r MutantRequest, p plan.Process, v *Verdict) error {
	out, err := w.look(ctx, r, p, v)
	for err == nil && v.again(r) {
		out, err = w.look(ctx, r, p, v)
	}
	if err != nil || v.Status != mutant.Killed || !p.Control || killedFirst(p, out) {
		return err
	}
	return w.control(ctx, r, p, out, v)
}

// look runs one process and writes into v what it says.
func (w *Worker) look(ctx context.Context, r MutantRequest, p plan.Process, v *Verdict) (isolation.Outcome, error) {
	out, err := w.child(ctx, r, p, isolation.Mutant)
	if err != nil {
		return out, err
	}
	// What could not be attributed, a death by a signal that may have come from outside,
	// and a process that seems to wait for ever must be seen twice to be believed.
	if out.Again || out.Verdict == isolation.Broken {
		first := out
		if out, err = w.child(ctx, r, p, isolation.Mutant); err != nil {
			return out, err
		}
		if out.Again && out.Cause != first.Cause && !(out.Certain && first.Certain) {
			out.Verdict, out.Detail = isolation.Broken, fmt.Sprintf("two runs ended differently: %s, then %s", first.Detail, out.Detail)
		}
	}
	v.note(p, out)
	v.decide(p, out)
	return out, nil
}
