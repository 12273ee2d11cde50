package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
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
			check, err := s.check(ctx, m)
			if err != nil {
				return err
			}
			v.Checks[i] = check
			s.step(func(p *Progress) { p.Done++ })
			return nil
		})
	}
	return g.Wait()
}

// check judges one mutant by ordinary builds, and finds out why if that
// contradicts its verdict.
func (s *session) check(ctx context.Context, m *subject) (report.Check, error) {
	c := report.Check{Mutant: m.Mutant}
	last, err := s.plainStory(ctx, m, &c)
	if err != nil {
		return c, err
	}
	c.Agree = c.Plain.Status.Detected() == m.Status.Detected() && c.Plain.Status != mutant.Invalid
	if c.Agree {
		return c, nil
	}
	d := &dispute{session: s, m: m, story: c.Plain, request: last}
	c.Class, c.Why, err = d.classify(ctx)
	return c, err
}

// plainStory judges a mutant by ordinary builds: what was detected by the very
// tests that detected it, what was not by every test that could have. What chance has
// a part in is repeated as in the session: what was detected then may take several runs,
// as long as those of the session, and what was not must be detected twice. It returns
// the request that decided.
func (s *session) plainStory(ctx context.Context, m *subject, c *report.Check) (last job.PlainRequest, err error) {
	c.Plain = report.Story{Status: mutant.NotCovered, Reason: "no tests"}
	for _, r := range s.repeatedScope(m) {
		reply, err := s.plain(ctx, r)
		if err == nil && s.isLuck(m, r, reply) {
			reply, err = s.plain(ctx, r)
		}
		if err != nil {
			return r, err
		}
		last = r
		v := plainVerdict(m, reply)
		c.Plain = report.Story{
			Status: v.Status, Reason: string(reply.Outcome), KilledBy: reply.KilledBy, Output: string(reply.Output),
			Package: r.Package, Tests: r.Tests,
		}
		if limit := m.allowance(); v.Status == mutant.Survived && m.Status == mutant.Timeout && reply.Took > limit {
			v.Status = mutant.Timeout
			c.Plain.Status, c.Plain.Reason = v.Status, fmt.Sprintf("passed after %v, where %v are allowed", reply.Took, limit)
		}
		if v.Status != mutant.Survived {
			break
		}
	}
	return last, nil
}

// repeatedScope is the plainScope of a mutant, with repetitions where chance has helped to
// detect it.
func (s *session) repeatedScope(m *subject) []job.PlainRequest {
	scope := s.plainScope(m)
	if !m.Status.Detected() || m.plan.Repeats() == 0 {
		return scope
	}
	again := slices.Repeat(scope, plan.Batches)
	for i := range again {
		if m.list != nil && len(m.list.Times) > 0 {
			again[i].Times = slices.Max(m.list.Times)
			again[i].Limit *= time.Duration(again[i].Times)
		}
	}
	return append(scope, again...)
}

// isLuck tells whether chance may be why a plain run detects what the session did not.
func (s *session) isLuck(m *subject, r job.PlainRequest, reply *job.PlainReply) bool {
	ref := plan.TestRef{Package: r.Package, Test: reply.KilledBy}
	return !m.Status.Detected() && reply.Outcome == job.PlainFailed && plan.Chance(m.plan.Repeat, ref) > 0
}

// plain has the go command build and run.
func (s *session) plain(ctx context.Context, r job.PlainRequest) (*job.PlainReply, error) {
	return do[job.PlainReply](ctx, s, workqueue.Item{Kind: job.KindPlain, Timeout: 2 * loadLimit}, r)
}

// allowance is the time that the tests of a timeout had, up to the one that was
// running. A loop that the clock ends, after seconds, is a timeout although its test
// passes in the end.
func (m *subject) allowance() (sum time.Duration) {
	if m.list != nil {
		for _, test := range m.list.Tests {
			sum += m.list.Loop(test).Wall
		}
	}
	return sum
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
