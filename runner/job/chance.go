package job

import (
	"context"
	"fmt"
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// Where chance has a part in what the tests say of a mutant, each process is one vote.
// A sequential test (Wald, 1945) ends the count: detected when there are so many more
// detections than passes, survived when there are so many more passes. What eight of ten
// processes detect is killed in 996 of 1000 sessions, what one of ten does in one or two.
//
// Processes that run each test once, and batches, are counted apart: most of what chance
// shows it shows to a batch, but some tests see it only if little has run before.
const (
	moreDetections = plan.Batches
	morePasses     = plan.Batches + 1 // of processes
	moreBatches    = 2                // the same of batches
)

// byChance ends the reason of a mutant that batches have detected.
const byChance = " when it ran again and again: chance decides what the mutant does"

// again counts the vote that v is, if chance may have a part in it, and tells whether
// the same process has to be run again before that is believed.
func (v *Verdict) again(r MutantRequest) bool {
	switch {
	case len(r.Repeat) == 0:
		return false
	case v.Status == "":
		v.votes--
		return false
	case v.Status != mutant.Killed || v.KilledBy == nil || plan.Chance(r.Repeat, *v.KilledBy) == 0:
		return false
	}
	v.votes++
	return v.reopen()
}

// reopen takes back what v says as long as there are too few votes for it.
func (v *Verdict) reopen() bool {
	if v.votes >= moreDetections {
		return false
	}
	*v = Verdict{Ran: v.Ran, votes: v.votes}
	return true
}

// repeat runs a survivor again where chance has a part in it, until the votes are enough.
func (w *Worker) repeat(ctx context.Context, r MutantRequest, v *Verdict) error {
	if err := w.singly(ctx, r, v); err != nil || v.Status != "" {
		return err
	}
	for _, batch := range r.Repeat {
		once := batch
		once.Times = make([]int, len(batch.Tests))
		if err := w.count(ctx, r, once, v, morePasses); err != nil || v.Status != "" {
			return err
		}
		v.votes = 0
		if err := w.count(ctx, r, batch, v, moreBatches); err != nil || v.Status != "" {
			return err
		}
		v.votes = moreBatches - morePasses // for another binary
	}
	return nil
}

// singly runs tests alone, each until there is one more pass than detections. It leaves the
// votes as they were: these are counted apart, since a test that sees a mutant in every
// process of its own sees it.
func (w *Worker) singly(ctx context.Context, r MutantRequest, v *Verdict) error {
	votes := v.votes
	for _, p := range r.Single {
		v.votes = 0
		if err := w.count(ctx, r, p, v, 1); err != nil || v.Status != "" {
			return err
		}
	}
	v.votes = votes
	return nil
}

// count runs a process until there are so many more passes than detections, or enough
// detections.
func (w *Worker) count(ctx context.Context, r MutantRequest, p plan.Process, v *Verdict, passes int) error {
	for v.Status == "" && v.votes > -passes {
		if err := w.vote(ctx, r, w.repeatable(r, p), v); err != nil {
			return err
		}
	}
	return nil
}

// vote runs a process once. A detection counts if the same passes without a mutant, and
// decides if it does so several times.
func (w *Worker) vote(ctx context.Context, r MutantRequest, p plan.Process, v *Verdict) error {
	if _, err := w.look(ctx, r, p, v); err != nil {
		return err
	}
	if v.Status == "" {
		v.votes--
		return nil
	}
	clean, err := w.without(ctx, r, *v.List, 1)
	if err == nil && clean.Status == "" {
		v.votes++
		if v.reopen() {
			return nil
		}
		clean, err = w.without(ctx, r, *v.List, plan.Batches)
	}
	switch {
	case err != nil:
		return err
	case clean.Status == "":
		v.Reason += byChance
	case w.foundUnrepeatable(r, p, clean):
		*v = Verdict{Ran: v.Ran, votes: v.votes}
	default:
		v.unsteady(clean)
	}
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
			p.Times[i] = min(p.Times[i], 1)
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
