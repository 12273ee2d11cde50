package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/evilution-go/evilution-go/internal/history"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
	"github.com/evilution-go/evilution-go/workqueue"
)

// session is the state of one run.
type session struct {
	o     Options
	start time.Time
	root  *sandbox.Root
	queue *workqueue.Queue

	module   *job.LoadReply
	idle     bool   // nothing in scope must be judged
	origin   string // what children get a copy of: the module's root, or the workspace's
	before   *sandbox.Print
	place    job.Place
	binaries map[string]job.Binary // by import path
	history  history.History       // of earlier sessions
	recorded []*plan.Binary        // in order of their import paths
	subjects []*subject            // in source order
	report   *report.Report
	resume   func() // ends the watch for Ctrl-Z

	// flaky are the tests to remember, by package and name; the lock guards it.
	flaky map[string]map[string]history.Flaky

	turns *turns

	mu      sync.Mutex // guards what follows and what stages collect from several goroutines
	stage   Progress
	started time.Time     // when the first mutants went on
	beside  time.Duration // what dry runs have cost since then, on all workers together
}

// subject is one mutant on its way to a verdict.
type subject struct {
	*report.Mutant
	plan plan.Plan
	// list is the process that decided it, up to the deciding test, killer.
	list   *plan.Process
	start  time.Duration // of that process; 0 if unknown
	killer plan.TestRef
	// unsteady failed without the mutant, too.
	unsteady plan.TestRef
	idle     bool // its wall clock ran out while it did nothing
}

// key names the subject for plans and children.
func (s *subject) key() plan.Key { return plan.Key{Package: s.Package, Number: s.Number} }

// open prepares scratch space and the queue; workers start with the first job.
func open(ctx context.Context, o Options) (*session, error) {
	o = o.withDefaults()
	if err := o.checkSandbox(); err != nil {
		return nil, err
	}
	s := &session{o: o, start: time.Now(), binaries: make(map[string]job.Binary), flaky: make(map[string]map[string]history.Flaky)}
	s.turns = newTurns(o.Jobs == 1 || o.BaselineRuns == 1)
	if o.History != "" {
		s.history = history.Read(o.History)
	}
	s.report = &report.Report{
		SchemaVersion: report.SchemaVersion,
		Tool:          report.Tool{Name: "evilution-go", Version: o.Version},
		Sandbox:       o.Sandbox,
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find own executable: %w", err)
	}
	if _, err := sandbox.Sweep(""); err != nil {
		s.note("sweep old scratch directories: %v", err)
	}
	if s.root, err = sandbox.Open(""); err != nil {
		return nil, fmt.Errorf("open scratch directory: %w", err)
	}
	s.queue, err = workqueue.Start(ctx, s.workers(self))
	if err != nil {
		return nil, errors.Join(err, s.root.Close())
	}
	for _, bound := range sandbox.Unenforced() {
		s.note("this platform cannot bound the %s of a mutant", bound)
	}
	s.resume = supervisor.TrapStop(s.queue.Delay)
	return s, nil
}

// close ends every worker and removes the scratch directory; kill first, remove
// afterwards.
func (s *session) close(ctx context.Context) error {
	s.resume()
	var err error
	if ctx.Err() != nil {
		s.queue.Kill()
	} else {
		err = s.queue.Close()
	}
	return errors.Join(err, s.root.Close())
}

// note adds a sentence to the report.
func (s *session) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.report.Notes = append(s.report.Notes, fmt.Sprintf(format, args...))
}

// enter starts a stage of total steps.
func (s *session) enter(stage string, total int) {
	s.step(func(p *Progress) { p.Stage, p.Done, p.Total = stage, 0, total })
}

// step changes the progress and tells it.
func (s *session) step(change func(*Progress)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.stage)
	s.stage.Elapsed = time.Since(s.start)
	s.o.Progress(s.stage)
}

// path is a place in the session's scratch directory.
func (s *session) path(elem ...string) string {
	return filepath.Join(append([]string{s.root.Dir}, elem...)...)
}

// milliseconds is a duration as reports count it.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
