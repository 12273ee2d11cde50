package runner

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/workqueue"
)

// judgeSlack is added to the limits of a job's processes, unless the options say
// otherwise, to make the limit of the job, which is only there for a worker that does
// not answer.
const judgeSlack = time.Minute

// company is what else the session does while a mutant is judged.
type company int

const (
	crowd   company = iota // whatever there is to do
	idlers                 // nothing but mutants that wait for something that never comes
	nothing                // nothing at all
)

// ask has one mutant judged. What went wrong with the worker becomes the
// mutant's verdict; the error is the session's.
func (s *session) ask(ctx context.Context, m *subject, beside company) (*job.Verdict, error) {
	if m.Number == 0 {
		return s.askPlain(ctx, m, beside)
	}
	limit := s.o.WorkerSlack
	add := func(p plan.Process, times int) {
		limit += time.Duration(3*times) * p.Limits.Wall
		if beside != crowd { // the time without a processor is not the child's
			limit += time.Duration(9*times) * p.Limits.Wall
		}
	}
	for _, p := range slices.Concat(m.plan.Judge, m.plan.Confirm) {
		add(p, 1)
	}
	for _, p := range m.plan.Repeat {
		add(p, 12*plan.Batches)
	}
	for _, p := range m.plan.Single {
		add(p, 2*plan.Batches)
	}
	v, err := do[job.Verdict](ctx, s, workqueue.Item{Kind: job.KindMutant, Timeout: limit, Alone: beside == nothing}, job.MutantRequest{
		Place: s.place, Package: m.Package, Number: m.Number, Alone: beside != crowd,
		Binaries: s.processes(m), Judge: m.plan.Judge, Confirm: m.plan.Confirm, Repeat: m.plan.Repeat, Single: m.plan.Single,
	})
	return s.blame(v, err)
}

// askPlain judges a mutant that has no switch by an ordinary build of its own,
// with all tests of its package.
func (s *session) askPlain(ctx context.Context, m *subject, beside company) (*job.Verdict, error) {
	b, ok := s.binaries[m.Package]
	if !ok {
		return &job.Verdict{Status: mutant.NotCovered, Cause: report.CauseReach, Reason: "its package has no tests"}, nil
	}
	r := s.plainRequest(m, m.Package, b.Rel, nil)
	reply, err := do[job.PlainReply](ctx, s, workqueue.Item{Kind: job.KindPlain, Timeout: 2 * loadLimit, Alone: beside == nothing}, r)
	if err != nil {
		return s.blame(nil, err)
	}
	return plainVerdict(m, reply), nil
}

// plainRequest asks for the named tests of a package with m's edits; no names
// means all tests that may judge.
func (s *session) plainRequest(m *subject, pkg, rel string, tests []string) job.PlainRequest {
	module, _ := filepath.Rel(s.origin, s.module.Dir)
	limit := plan.Default().TimeoutFloor
	for _, b := range s.recordings() {
		if b.Package != pkg {
			continue
		}
		limit += time.Duration(s.o.TimeoutFactor * float64(b.Duration()))
		if len(tests) == 0 && b.Trimmed {
			tests = b.Tests()
		}
	}
	return job.PlainRequest{
		Place: s.place, Mutant: &m.Mutant.Mutant, Module: module,
		Package: pkg, Rel: rel, Tests: tests, Skip: s.o.Skip, Tags: s.o.Tags,
		Limit: max(limit, plainFloor), Memory: sandbox.MachineMemory() / 4 * 3 / int64(s.o.Jobs),
	}
}

// plainFloor is the least time that an ordinary run of tests gets: it is not
// watched by anything finer.
const plainFloor = 10 * time.Second

// plainVerdict is what an ordinary build's tests mean for a mutant.
func plainVerdict(m *subject, r *job.PlainReply) *job.Verdict {
	v := &job.Verdict{Output: r.Output, Duration: r.Duration}
	switch r.Outcome {
	case job.PlainPassed:
		v.Status = mutant.Survived
	case job.PlainTimedOut:
		v.Status, v.Cause, v.Reason = mutant.Timeout, report.CauseWallClock, "the tests of its own build did not end"
	case job.PlainUnbuilt:
		v.Status, v.Reason = mutant.Invalid, "does not compile"
	default:
		v.Status, v.Cause, v.Reason = mutant.Killed, report.CauseTest, "the tests of its own build fail"
	}
	if r.KilledBy != "" {
		v.KilledBy = &plan.TestRef{Package: m.Package, Test: r.KilledBy}
	}
	return v
}

// blame turns the queue's word on a worker that was stuck, or died twice, into
// the verdict of its mutant; any other error is the session's.
func (s *session) blame(v *job.Verdict, err error) (*job.Verdict, error) {
	if errors.Is(err, workqueue.ErrStuck) || errors.Is(err, workqueue.ErrWorkerDied) || errors.As(err, new(*workqueue.WorkerError)) {
		return &job.Verdict{Status: mutant.Error, Reason: fmt.Sprintf("could not be judged: %v", err)}, nil
	}
	return v, err
}
