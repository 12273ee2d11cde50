package runner

import (
	"slices"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// recording turns what a process in record mode sent into what plans are made
// of, without the tests that judging leaves out.
func recording(out isolation.Outcome, judging func([]string) []string) plan.Recording {
	rec := plan.Recording{Outside: plan.NewTrace()}
	addReach(rec.Outside, out.Init)
	addReach(rec.Outside, out.Rest)
	for _, t := range out.Tests {
		if !slices.Contains(judging([]string{t.Test}), t.Test) {
			continue
		}
		run := plan.Run{Test: t.Test, Passed: t.Code == 0, Duration: t.Wall, Trace: plan.NewTrace()}
		addReach(run.Trace, t.Reach)
		rec.Runs = append(rec.Runs, run)
	}
	return rec
}

// addReach adds the flat lists of one frame: mutant, reached, infected; function,
// iterations; function, longest stretch; and function, sum of values.
func addReach(t plan.Trace, reach []isolation.Reach) {
	for _, r := range reach {
		for m := range slices.Chunk(r.Mutants, 3) {
			if len(m) == 3 && m[1] > 0 {
				t.Hits[plan.Key{Package: r.Path, Number: int(m[0])}] = plan.Hits{Reached: m[1], Infected: m[2]}
			}
		}
		for f := range slices.Chunk(r.Ticks, 2) {
			if len(f) == 2 {
				t.Ticks[plan.FuncKey{Package: r.Path, Func: int(f[0])}] = f[1]
			}
		}
		for f := range slices.Chunk(r.Longest, 2) {
			if len(f) == 2 {
				t.Longest[plan.FuncKey{Package: r.Path, Func: int(f[0])}] = f[1]
			}
		}
		for f := range slices.Chunk(r.Sums, 2) {
			if len(f) == 2 {
				t.Sums[plan.FuncKey{Package: r.Path, Func: int(f[0])}] = f[1]
			}
		}
	}
}
