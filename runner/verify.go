package runner

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/workqueue"
)

// VerifyOptions say how many verdicts to verify, and which.
type VerifyOptions struct {
	Options
	Sample int    // how many; 0 means all
	Seed   uint64 // of the choice
}

// Verify runs a session and then holds a sample of its verdicts against plain
// rebuilds: the mutants' edits in a copy of the module, built and tested by the
// go command alone, with the same tests. Cancelling behaves as in Run.
func Verify(ctx context.Context, o VerifyOptions) (*report.Verification, error) {
	s, err := open(ctx, o.Options)
	if err != nil {
		return nil, err
	}
	v := &report.Verification{SchemaVersion: report.SchemaVersion, Seed: o.Seed}
	if err = s.work(ctx); err == nil {
		err = s.verify(ctx, o, v)
	}
	err = errors.Join(err, s.close(ctx))
	if s.module == nil || errors.As(err, new(*CanaryError)) {
		return nil, err
	}
	r := s.finish(err == nil)
	v.Complete, v.Tool, v.Module, v.Notes, v.Dir = r.Complete, r.Tool, r.Module, r.Notes, r.Dir
	return v, err
}

// verify checks a sample of the decided mutants.
func (s *session) verify(ctx context.Context, o VerifyOptions, v *report.Verification) error {
	var decided []*subject
	for _, m := range s.subjects {
		if m.Status.Detected() || m.Status.Undetected() {
			decided = append(decided, m)
		}
	}
	v.Decided = len(decided)
	chosen := sample(decided, o.Sample, o.Seed)
	v.Checks = make([]report.Check, len(chosen))
	s.enter("verify", len(chosen))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.o.Jobs)
	for i, m := range chosen {
		g.Go(func() error {
			story, err := s.plainStory(ctx, m)
			if err != nil {
				return err
			}
			v.Checks[i] = report.Check{Mutant: m.Mutant, Plain: story, Agree: story.Status.Detected() == m.Status.Detected() && story.Status != mutant.Invalid}
			s.step(func(p *Progress) { p.Done++ })
			return nil
		})
	}
	return g.Wait()
}

// sample draws n of the mutants, in their order; all if n is 0.
func sample(all []*subject, n int, seed uint64) []*subject {
	if n <= 0 || n >= len(all) {
		return all
	}
	places := rand.New(rand.NewPCG(seed, seed)).Perm(len(all))[:n]
	slices.Sort(places)
	chosen := make([]*subject, n)
	for i, place := range places {
		chosen[i] = all[place]
	}
	return chosen
}

// plainStory judges a mutant by ordinary builds: what was detected by the very
// tests that detected it, what was not by every test that could have.
func (s *session) plainStory(ctx context.Context, m *subject) (report.Story, error) {
	story := report.Story{Status: mutant.NotCovered, Reason: "no tests"}
	for _, r := range s.plainScope(m) {
		reply, err := do[job.PlainReply](ctx, s, workqueue.Item{Kind: job.KindPlain, Timeout: 2 * loadLimit}, r)
		if err != nil {
			return story, err
		}
		v := plainVerdict(m, reply)
		story = report.Story{Status: v.Status, Reason: string(reply.Outcome), KilledBy: reply.KilledBy, Output: string(reply.Output)}
		if v.Status != mutant.Survived {
			break
		}
	}
	return story, nil
}

// plainScope lists the ordinary runs that can contradict a verdict.
func (s *session) plainScope(m *subject) []job.PlainRequest {
	if m.list != nil && m.Status.Detected() {
		pkg := m.list.Package
		return []job.PlainRequest{s.plainRequest(m, pkg, s.binaries[pkg].Rel, m.list.Tests)}
	}
	packages := []string{m.Package}
	for _, p := range m.plan.Judge {
		if !slices.Contains(packages, p.Package) {
			packages = append(packages, p.Package)
		}
	}
	var requests []job.PlainRequest
	for _, pkg := range packages {
		if b, ok := s.binaries[pkg]; ok {
			requests = append(requests, s.plainRequest(m, pkg, b.Rel, nil))
		}
	}
	return requests
}
