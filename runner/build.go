package runner

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/workqueue"
)

// build builds every test binary with all mutants behind switches, and copies
// the module for the workers meanwhile.
func (s *session) build(ctx context.Context) error {
	s.enter("build", 1)
	start := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(s.copyModule)
	g.Go(func() error { return s.buildTests(ctx) })
	err := g.Wait()
	s.report.Timing.Setup.Build = milliseconds(time.Since(start))
	return err
}

// buildTests builds the packages that compile and have tests.
func (s *session) buildTests(ctx context.Context) error {
	request := job.BuildRequest{
		Dir: s.module.Dir, Tags: s.o.Tags, Overlay: s.module.Overlay,
		OutDir: s.path("bin"), Store: cmp.Or(s.o.Store, s.path("store")), Jobs: s.o.Jobs,
	}
	if err := os.MkdirAll(request.OutDir, 0o755); err != nil {
		return fmt.Errorf("build tests: %w", err)
	}
	dirs := make(map[string]string)
	for _, p := range s.module.Testers {
		request.Packages = append(request.Packages, p.Path)
		dirs[p.Path] = p.Dir
	}
	if len(request.Packages) == 0 {
		return nil
	}
	reply, err := do[job.BuildReply](ctx, s, workqueue.Item{Kind: job.KindBuild, Timeout: loadLimit}, request)
	if err != nil {
		return err
	}
	for _, p := range reply.Packages {
		if p.Binary == "" {
			s.unbuilt(p)
			continue
		}
		rel, err := filepath.Rel(s.origin, dirs[p.Path])
		if err != nil {
			return err
		}
		s.report.Timing.Binaries++
		if !p.Cached {
			s.report.Timing.Links++
		}
		s.binaries[p.Path] = job.Binary{Path: p.Binary, Rel: rel}
	}
	return nil
}

// unbuilt notes why a package has no test binary.
func (s *session) unbuilt(p job.BuiltPackage) {
	if p.Failure == "" {
		s.setPackage(p.Path, report.PackageNoTests, "")
		return
	}
	s.setPackage(p.Path, report.PackageBroken, p.Failure)
}

// setPackage changes a package's state in the report. A package without mutants
// is there only if its tests were to judge.
func (s *session) setPackage(path string, status report.PackageStatus, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.markPackage(path, status, message)
}

// markPackage is setPackage where the caller holds the lock.
func (s *session) markPackage(path string, status report.PackageStatus, message string) {
	for i := range s.report.Packages {
		if p := &s.report.Packages[i]; p.Path == path {
			p.Status, p.Message = status, message
			return
		}
	}
	s.report.Packages = append(s.report.Packages, report.Package{Path: path, Status: status, Message: message})
}

// testFlags are given to every test binary.
func (s *session) testFlags() []string {
	if s.o.Skip == "" {
		return nil
	}
	return []string{"-test.skip=" + s.o.Skip}
}

// childEnv are the places of the go command's files, told to children because
// their HOME is a scratch directory.
func childEnv(goEnv map[string]string) map[string]string {
	env := make(map[string]string)
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} {
		if v := goEnv[name]; v != "" {
			env[name] = v
		}
	}
	return env
}
