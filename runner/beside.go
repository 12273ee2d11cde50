package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/workqueue"
)

// Tests that share something beyond their own copy of the module, such as a port or a
// file at a fixed path, fail beside themselves, and would make mutants look killed. So
// the tests of a binary run one process at a time until they have passed in copies, one
// on each free worker, all at the same time. That is tried after the recording, in
// place of one of the clean runs. Where fewer than two workers are free, or will be in a
// moment, it is tried again later, each time when one of the binary's jobs has ended:
// as long as no worker is free, others have work, and nothing waits.

// Bounds of the copies.
const (
	// besideBudget is what the copies of quick tests may take: these run several times
	// each, so that they meet in different places.
	besideBudget = 25 * time.Millisecond
	besideLists  = 4 // at most so often
	// besideTries is how often copies are run until two of them are seen to run at the
	// same time for at least half of what they take: a busy machine may let one begin
	// when the other has ended.
	besideTries = 4
	// besideFloor is what each copy may take at least, and besideFactor how many times
	// as long as it took to record the tests.
	besideFloor  = 10 * time.Second
	besideFactor = 20
	// besidePatience is how long workers may stand idle to begin at the same time, and
	// suspectPatience how long if tests have failed that way already.
	besidePatience  = 150 * time.Millisecond
	suspectPatience = time.Hour
)

// firstClean is the first of the clean runs, beside itself where that can be tried now
// and has not been; it tells how many have passed.
func (d *dryRun) firstClean(ctx context.Context) (runs int, err error) {
	if d.turns.off {
		return 0, nil
	}
	leave, err := d.turns.take(ctx, []string{d.binary.Path})
	if err != nil {
		return 0, err
	}
	if d.turns.of(d.binary.Path).known { // from before a test was set aside
		return 0, leave(ctx)
	}
	passed, err := d.beside(ctx, besidePatience)
	if passed {
		runs = 1
	}
	return runs, errors.Join(err, leave(ctx))
}

// beside tries whether the tests pass beside themselves, and tells whether they have
// passed once more at all. The caller has the turn of the binary.
func (d *dryRun) beside(ctx context.Context, patience time.Duration) (passed bool, err error) {
	mine := d.turns.of(d.binary.Path)
	mine.later = nil
	suspects, copies, met, err := d.copies(ctx, patience)
	switch {
	case err != nil:
		return false, err
	case copies == 0, !met && len(suspects) == 0:
		mine.later = d.besideLater
		return false, nil
	case len(suspects) == 0:
		mine.known = true
		mine.allow()
		return true, nil
	}
	return d.suspect(ctx, mine, suspects, copies)
}

// suspect finds out whether tests that have failed beside themselves do so because of
// that.
func (d *dryRun) suspect(ctx context.Context, mine *turn, names []string, copies int) (passed bool, err error) {
	s := suspects{names: names, copies: copies}
	s.beside = func() ([]string, int, error) {
		again, n, _, err := d.copies(ctx, suspectPatience)
		return again, n, err
	}
	s.alone = func() ([]string, error) { return d.failsAlone(ctx) }
	exclusive, fickle, err := s.judge()
	switch {
	case err != nil:
		return false, err
	case len(fickle) > 0:
		return false, d.areFlaky(fickle)
	case len(exclusive) == 0: // a worker has died
		mine.later = d.besideLater
		return true, nil
	}
	mine.known = true
	d.areExclusive(exclusive, s.copies)
	return true, nil
}

// besideLater tries again where that costs nothing.
func (d *dryRun) besideLater(ctx context.Context) error {
	_, err := d.beside(ctx, 0)
	return err
}

// copies runs copies until they have shown something, a few times at most.
func (d *dryRun) copies(ctx context.Context, patience time.Duration) (blamed []string, n int, met bool, err error) {
	for try := 0; err == nil && !met && len(blamed) == 0 && try < besideTries; try++ {
		if blamed, n, met, err = d.copiesOnce(ctx, patience); n == 0 {
			break
		}
	}
	return blamed, n, met, err
}

// copiesOnce runs the tests as those of mutants are run, without one, on each worker
// that is free or will be soon, and returns which have failed, and whether they have
// met. No copies have run if these workers are fewer than two. With patience, copies of
// one binary at a time are waited for.
func (d *dryRun) copiesOnce(ctx context.Context, patience time.Duration) (blamed []string, n int, met bool, err error) {
	if patience > 0 {
		d.turns.trial.Lock()
		defer d.turns.trial.Unlock()
	}
	if n = d.queue.Free(patience); n < 2 {
		return nil, 0, false, nil
	}
	items, err := d.copyItems(n)
	if err != nil {
		return nil, 0, false, err
	}
	results, err := d.queue.Together(ctx, items, patience)
	if err != nil {
		return nil, 0, false, err
	}
	var spans [][]job.Span
	for _, r := range results {
		d.recordedFor(r.Wall)
		reply, err := together(r)
		if err != nil || !reply.Met { // no word on what happens beside others
			return nil, 0, false, err
		}
		d.time(reply.Outcomes)
		blamed, spans = append(blamed, blame(reply.Outcomes)...), append(spans, reply.Spans)
	}
	return slices.Compact(slices.Sorted(slices.Values(blamed))), n, overlap(spans), nil
}

// copyItems are so many items that run the tests and begin at the same time.
func (d *dryRun) copyItems(n int) ([]workqueue.Item, error) {
	dir, err := os.MkdirTemp(d.root.Dir, "meet")
	if err != nil {
		return nil, fmt.Errorf("run tests beside themselves: %w", err)
	}
	r := d.cleanRequest(max(1, min(besideLists, int(besideBudget/max(d.took, time.Millisecond)))))
	items := make([]workqueue.Item, n)
	for i := range items {
		r.Meeting = job.Meeting{Dir: dir, Count: n, Index: i + 1}
		items[i] = workqueue.Item{Kind: job.KindRecord, Timeout: time.Duration(len(r.Lists))*(r.Wall+time.Minute) + time.Minute, Progress: d.heard}
		if items[i].Body, err = workqueue.Encode(r); err != nil {
			return nil, err
		}
	}
	return items, nil
}

// overlap tells whether processes of two copies have run at the same time for at least
// half of what the shorter one took.
func overlap(copies [][]job.Span) bool {
	for i, one := range copies {
		for _, other := range copies[:i] {
			for _, a := range one {
				for _, b := range other {
					if 2*(min(a[1], b[1])-max(a[0], b[0])) >= min(a[1]-a[0], b[1]-b[0]) {
						return true
					}
				}
			}
		}
	}
	return false
}

// together reads what one of the copies has to say, nothing where its worker was not
// there or died.
func together(r workqueue.Result) (reply job.RecordReply, err error) {
	if errors.Is(r.Err, workqueue.ErrApart) || r.Attempts > 1 {
		return reply, nil
	}
	if r.Err != nil {
		return reply, r.Err
	}
	return workqueue.Decode[job.RecordReply](r.Body)
}

// cleanRequest asks for so many clean runs of the tests, one after another.
func (d *dryRun) cleanRequest(lists int) job.RecordRequest {
	return job.RecordRequest{
		Place: d.place, Binary: d.binary, Clean: true,
		Lists: slices.Repeat([][]string{d.tests}, lists),
		Wall:  min(dryRunLimit, besideFloor+besideFactor*d.took),
	}
}

// failsAlone runs the tests with nothing of theirs beside them until one has failed or
// they have passed often enough.
func (d *dryRun) failsAlone(ctx context.Context) (blamed []string, err error) {
	r := d.cleanRequest(1)
	var spent time.Duration
	for i := 0; i < doubtRuns && (spent < doubtBudget || i < 2); i++ {
		reply, err := doNow[job.RecordReply](ctx, d.session, workqueue.Item{Kind: job.KindRecord, Timeout: r.Wall + time.Minute, Priority: 1}, r)
		if err != nil {
			return nil, err
		}
		if blamed = blame(reply.Outcomes); len(blamed) > 0 {
			return blamed, nil
		}
		spent += reply.Outcomes[0].Wall
	}
	return nil, nil
}

// unnamed stands for what fails outside of any test.
const unnamed = ""

// blame lists the tests that outcomes blame, each once or more.
func blame(outcomes []isolation.Outcome) (names []string) {
	for _, out := range outcomes {
		if out.Verdict == isolation.Passed {
			continue
		}
		if list := failed(out); len(list) > 0 {
			names = append(names, list...)
		} else {
			names = append(names, unnamed)
		}
	}
	return names
}

// areFlaky sets tests aside that have passed and failed on the same code.
func (d *dryRun) areFlaky(names []string) error {
	late := slices.ContainsFunc(d.recordings(), func(b *plan.Binary) bool { return b.Package == d.pkg }) // it judges already
	for _, name := range names {
		switch {
		case name == unnamed:
			d.note("%s: its tests passed, and then failed on the same code without naming a test", d.pkg)
		case late:
			if err := d.foundLate(d.pkg, name); err != nil {
				return err
			}
		default:
			d.foundFlaky(name, flaky)
		}
	}
	return nil
}

// areExclusive says that the tests of the binary never run beside themselves.
func (d *dryRun) areExclusive(blamed []string, copies int) {
	who := "its tests pass alone and fail before any of them begins"
	if named := slices.DeleteFunc(blamed, func(name string) bool { return name == unnamed }); len(named) == 1 {
		who = named[0] + " passes alone and fails"
	} else if len(named) > 1 {
		who = strings.Join(named, ", ") + " pass alone and fail"
	}
	why := fmt.Sprintf("%s when %d copies of the tests run at the same time: they run one process at a time", who, copies)
	d.mu.Lock()
	for i := range d.report.Packages {
		if p := &d.report.Packages[i]; p.Path == d.pkg {
			p.Exclusive = why
		}
	}
	d.mu.Unlock()
	d.note("%s: %s", d.pkg, why)
}
