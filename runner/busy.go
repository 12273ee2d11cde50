package runner

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// A test that waits for time to pass, and expects that something has happened by then,
// passes or fails by how busy the machine is. What it notices would differ from session
// to session, and on a busy machine it would notice mutants that change nothing. It may
// pass a hundred times on a quiet one. So the tests that wait run as they would on a
// busy one, whatever this one is: their processes are stopped again and again. Which
// fails then and passes without it is set aside, in every session alike.

// paces leave the processor to a test for a fifth of the time, as where five programs
// share each one. Where a stop hits is chance, so there are two of them.
var paces = []isolation.Pace{
	{Go: 25 * time.Millisecond, Stop: 100 * time.Millisecond},
	{Go: 10 * time.Millisecond, Stop: 40 * time.Millisecond},
}

// leastWait is for how long a test that waits has used no processor, at least. Half of
// what it took must be so, too.
const leastWait = 5 * time.Millisecond

// waited is for how long the only test of a process used no processor, 0 if that was
// less than half of what it took. On a busy machine it may have waited for one: such a
// test is tried for nothing.
func waited(out isolation.Outcome) time.Duration {
	if len(out.Tests) != 1 {
		return 0
	}
	if took := out.Tests[0].Wall; took-out.Exit.CPU >= took/2 {
		return took - out.Exit.CPU
	}
	return 0
}

// asIfBusy sets aside the tests that fail as on a busy machine.
func (d *dryRun) asIfBusy(ctx context.Context, b *plan.Binary) error {
	g, ctx := errgroup.WithContext(ctx)
	for tests := range slices.Chunk(d.waiting(b), aloneBatch) {
		g.Go(func() error { return d.tryBusy(ctx, tests) })
	}
	return g.Wait()
}

// waiting are the tests that wait and have not passed yet as on a busy machine.
func (d *dryRun) waiting(b *plan.Binary) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.DeleteFunc(b.Tests(), func(name string) bool {
		s, known := d.alone[name]
		quick := d.clean[name].least > 0 && d.clean[name].least < leastWait
		return !known || !s.passed || d.aside[name] || d.patient[name] || quick || s.waited < leastWait
	})
}

// tryBusy runs each of some tests, all of which have passed alone, alone as on a busy
// machine.
func (d *dryRun) tryBusy(ctx context.Context, tests []string) error {
	r := d.cleanRequest(1)
	r.Lists = nil
	for _, name := range tests {
		r.Lists = append(r.Lists, []string{name})
	}
	var failing []string
	for _, r.Pace = range paces {
		reply, err := d.ask(ctx, r)
		if err != nil {
			return err
		}
		for _, out := range reply.Outcomes {
			failing = append(failing, failed(out)...)
		}
	}
	for _, name := range failing {
		d.foundFlaky(name, flakyBusy)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, name := range tests {
		d.patient[name] = true
	}
	return nil
}
