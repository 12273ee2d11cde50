package runner

import (
	"context"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/workqueue"
)

// loadLimit bounds loading and building, which may have to compile a module's
// every dependency.
const loadLimit = 30 * time.Minute

// load fills in the module and its mutants.
func (s *session) load(ctx context.Context, listOnly bool) error {
	s.enter("load", 1)
	start := time.Now()
	asked, err := s.scope(ctx)
	if err != nil {
		return err
	}
	jobs := s.o.Jobs
	if listOnly { // nobody was asked how many
		jobs = 0
	}
	reply, err := do[job.LoadReply](ctx, s, workqueue.Item{Kind: job.KindLoad, Timeout: loadLimit}, job.LoadRequest{
		Dir: s.o.Dir, Patterns: s.o.Patterns, Tags: s.o.Tags, Operators: s.o.Operators, Profile: s.o.Profile, IgnoreCalls: s.o.IgnoreCalls,
		Overlay: s.path("overlay"), ListOnly: listOnly, Jobs: jobs,
		OwnTests: s.o.Tests == TestsPackage, Scope: asked, Shard: s.o.Shard,
	})
	if err != nil {
		return err
	}
	if reply.Refused != "" {
		return &UsageError{Text: reply.Refused}
	}
	s.module = reply
	s.origin = originOf(reply.Dir, reply.Env["GOWORK"])
	s.report.Module, s.report.Dir, s.report.GoVersion = reply.Module, reply.Dir, reply.Env["GOVERSION"]
	s.report.Timing.Setup.Load = milliseconds(time.Since(start))
	for _, p := range reply.Packages {
		s.report.Rest = append(s.report.Rest, p.Rest...)
		for _, note := range p.Notes {
			s.note("%s", note)
		}
		if asked.All() || len(p.Errors) > 0 || len(p.Mutants) > 0 {
			s.addPackage(p)
		}
	}
	s.share(reply.Share)
	s.idle = (!asked.All() || s.o.Shard.Count > 0) && len(reply.Testers) == 0 && !s.anyUndecided()
	s.announce(s.subjects...)
	return nil
}

// addPackage takes over the mutants of one package.
func (s *session) addPackage(p job.Package) {
	for _, m := range p.Mutants {
		s.subjects = append(s.subjects, &subject{Mutant: &report.Mutant{Mutant: m}})
		if m.Status == "" && m.Number > 0 {
			s.report.Timing.Shared++
		} else if m.Status == "" {
			s.report.Timing.Alone++
		}
	}
	state := report.Package{Path: p.Path, Status: report.PackageUnfinished}
	switch {
	case len(p.Errors) > 0:
		state.Status, state.Message = report.PackageBroken, strings.Join(p.Errors, "\n")
	case !p.HasTests:
		state.Status = report.PackageNoTests
	}
	s.report.Packages = append(s.report.Packages, state)
}
