package runner

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/workqueue"
)

// While mutants run, the suite is checked without any after this time at the
// earliest, and so seldom that the checks take one part of recheckShare of the
// workers' time.
const (
	recheckAfter = 10 * time.Second
	recheckShare = 50
)

// guarded waits for work that judges mutants. Every now and then it checks meanwhile
// that the tests which have judged still pass without any mutant: what makes one fail
// may have made it fail with a mutant, too. A check that has begun when work is done
// is waited for: a test may just fail in it, and never again.
func (j *judging) guarded(work func() error) error {
	worked, guarded := make(chan struct{}), make(chan error, 1)
	go func() {
		err := j.guard(worked)
		if err != nil {
			j.stop(err)
		}
		guarded <- err
	}()
	err := work()
	close(worked)
	return cmp.Or(<-guarded, err)
}

// guard makes one check after another until the work is done.
func (j *judging) guard(worked <-chan struct{}) error {
	for pause := j.o.RecheckAfter; ; {
		select {
		case <-worked:
			return nil
		case <-j.whole.Done():
			return nil
		case <-time.After(pause):
		}
		cost, err := j.recheck(j.whole)
		if j.whole.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		pause = max(j.o.RecheckAfter, recheckShare*cost/time.Duration(j.o.Jobs))
	}
}

// recheck runs the tests of every binary that has detected something once more
// without any mutant. It tells what that took on all workers together.
func (j *judging) recheck(ctx context.Context) (cost time.Duration, err error) {
	var sum atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for _, b := range j.recordings() {
		if j.hasDetected(b.Package) {
			g.Go(func() error {
				wall, err := j.recheckBinary(ctx, b)
				sum.Add(int64(wall))
				return err
			})
		}
	}
	err = g.Wait()
	return time.Duration(sum.Load()), err
}

// hasDetected tells whether a test of a binary has detected some mutant.
func (j *judging) hasDetected(pkg string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.ContainsFunc(j.subjects, func(m *subject) bool {
		return m.Status.Detected() && m.killer.Test != "" && m.killer.Package == pkg
	})
}

// recheckBinary runs the tests of one binary in their order, and sets aside those
// that fail.
func (j *judging) recheckBinary(ctx context.Context, b *plan.Binary) (time.Duration, error) {
	tests := slices.DeleteFunc(b.Tests(), func(name string) bool { return j.isLate(plan.TestRef{Package: b.Package, Test: name}) })
	if len(tests) == 0 {
		return 0, nil
	}
	reply, err := do[job.RecordReply](ctx, j.session, workqueue.Item{Kind: job.KindRecord, Timeout: 2 * dryRunLimit, Priority: 1}, job.RecordRequest{
		Place: j.place, Binary: j.binaries[b.Package], Lists: [][]string{tests}, Wall: dryRunLimit, Clean: true,
	})
	if err != nil {
		return 0, err
	}
	return reply.Outcomes[0].Wall, j.foundLate(b.Package, failed(reply.Outcomes[0])...)
}

// foundLate sets aside tests that have failed without any mutant after they had
// judged.
func (j *judging) foundLate(pkg string, tests ...string) error {
	if len(tests) == 0 {
		return nil
	}
	d := &dryRun{judging: j, pkg: pkg, binary: j.binaries[pkg], aside: make(map[string]bool)}
	var err error
	if d.source, err = sourceOf(filepath.Join(j.place.Pristine, d.binary.Rel)); err != nil {
		return fmt.Errorf("read package: %w", err)
	}
	for _, name := range tests {
		if ref := (plan.TestRef{Package: pkg, Test: name}); !j.isLate(ref) {
			d.foundFlaky(name, flakyLater)
			j.step(func(*Progress) { j.late[ref] = true })
		}
	}
	return nil
}

// isLate tells whether a test has been set aside since the mutants began.
func (j *judging) isLate(ref plan.TestRef) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.late[ref]
}
