package runner

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/workqueue"
)

// recheck runs the tests that have judged once more without any mutant: what made
// one fail meanwhile may have made it fail with a mutant, too. What such a test has
// detected is taken back.
func (s *session) recheck(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, b := range s.recorded {
		if slices.ContainsFunc(s.subjects, func(m *subject) bool { return detectedBy(m, b.Package) }) {
			g.Go(func() error { return s.recheckBinary(ctx, b) })
		}
	}
	return g.Wait()
}

// detectedBy tells whether a test of a package has detected m.
func detectedBy(m *subject, pkg string) bool {
	return m.Status.Detected() && m.killer != "" && m.list != nil && m.list.Package == pkg
}

// recheckBinary runs the tests of one binary in their order.
func (s *session) recheckBinary(ctx context.Context, b *plan.Binary) error {
	d := &dryRun{judging: &judging{session: s}, pkg: b.Package, binary: s.binaries[b.Package], aside: make(map[string]bool)}
	reply, err := do[job.RecordReply](ctx, s, workqueue.Item{Kind: job.KindRecord, Timeout: 2 * dryRunLimit}, job.RecordRequest{
		Place: s.place, Binary: d.binary, Lists: [][]string{b.Tests()}, Wall: dryRunLimit, Clean: true,
	})
	if err != nil {
		return err
	}
	names := failed(reply.Outcomes[0])
	if len(names) == 0 {
		return nil
	}
	if d.source, err = sourceOf(filepath.Join(s.place.Pristine, d.binary.Rel)); err != nil {
		return fmt.Errorf("read package: %w", err)
	}
	for _, name := range names {
		d.foundFlaky(name, flakyLater)
	}
	s.step(func(*Progress) { s.takeBack(b.Package, names) })
	return nil
}

// takeBack makes flaky what the named tests of a package have detected; the caller
// holds the lock.
func (s *session) takeBack(pkg string, tests []string) {
	for _, m := range s.subjects {
		if detectedBy(m, pkg) && slices.Contains(tests, m.killer) {
			m.Reason = fmt.Sprintf("%s: but afterwards %s failed without any mutant, too", m.Reason, m.killer)
			m.Status, m.Cause = mutant.Flaky, ""
			s.o.Mutant(*m.Mutant)
		}
	}
}
