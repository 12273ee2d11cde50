package runner

import (
	"context"
	"slices"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
)

// baseline runs the list that has passed while recording as the children of
// mutants will run it, as often as is left of what the user asks for. Which test fails
// now passes and fails on the same code.
func (d *dryRun) baseline(ctx context.Context, runs int) error {
	if runs < 1 {
		return nil
	}
	reply, err := d.ask(ctx, job.RecordRequest{Lists: slices.Repeat([][]string{d.tests}, runs), Clean: true})
	if err != nil {
		return err
	}
	d.time(reply.Outcomes)
	for _, out := range reply.Outcomes {
		if out.Verdict == isolation.Passed {
			continue
		}
		names := failed(out)
		for _, name := range names {
			d.foundFlaky(name, flaky)
		}
		if len(names) == 0 {
			d.note("%s: its tests passed, and then failed on the same code without naming a test: %s", d.pkg, out.Detail)
		}
	}
	return nil
}

// time notes what tests take that are not recorded: recording may cost ten times as
// much.
func (d *dryRun) time(outcomes []isolation.Outcome) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, out := range outcomes {
		for _, t := range out.Tests {
			if t.Code == 0 {
				seen := d.clean[t.Test]
				d.clean[t.Test] = times{least: quicker(seen.least, t.Wall), most: max(seen.most, t.Wall)}
			}
		}
	}
}
