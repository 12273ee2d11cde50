package runner

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/workqueue"
)

// mostCompared is how many mutants are compiled together.
const mostCompared = 200

// equivalents asks the compiler about the survivors: what it makes the same code of
// as of the original, no test can notice. Where it cannot be asked, nothing changes.
func (s *session) equivalents(ctx context.Context) error {
	var order []string
	survivors := map[string][]*subject{}
	for _, m := range s.subjects {
		if m.Status != mutant.Survived {
			continue
		}
		if survivors[m.Package] == nil {
			order = append(order, m.Package)
		}
		survivors[m.Package] = append(survivors[m.Package], m)
	}
	if len(order) == 0 {
		return nil
	}
	s.enter("compare code", 1)
	var parts [][]*subject
	for _, pkg := range order {
		parts = slices.AppendSeq(parts, slices.Chunk(survivors[pkg], mostCompared))
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.o.Jobs)
	for _, part := range parts {
		g.Go(func() error { return s.compareCode(ctx, part, s.o.Jobs/min(s.o.Jobs, len(parts))) })
	}
	return g.Wait()
}

// compareCode asks about some survivors of one package, with its share of the jobs.
func (s *session) compareCode(ctx context.Context, survivors []*subject, jobs int) error {
	pkg := survivors[0].Package
	r := job.EquivalentRequest{
		Dir: s.module.Dir, Package: pkg, Tags: s.o.Tags, Jobs: jobs,
		Overlay: filepath.Join(s.path("same"), survivors[0].ID),
	}
	for _, m := range survivors {
		r.Mutants = append(r.Mutants, &m.Mutant.Mutant)
	}
	reply, err := do[job.EquivalentReply](ctx, s, workqueue.Item{Kind: job.KindEquivalent, Timeout: loadLimit}, r)
	if err != nil {
		return fmt.Errorf("compare the code of survivors in %s: %w", pkg, err)
	}
	if reply.Failure != "" {
		s.note("the code of survivors in %s was not compared: %s", pkg, reply.Failure)
	}
	for _, i := range reply.Same {
		m := survivors[i]
		m.Status, m.Cause, m.Reason = mutant.Equivalent, "", "the compiler makes the same code of it"
		s.announce(m)
	}
	return nil
}
