package workqueue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

func TestLifecycle15_ResultsComeInTheOrderOfTheItems(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 3}})
	door := []byte(filepath.Join(t.TempDir(), "door"))
	results := do(t, q, // the first ends last
		Item{Kind: "wait", Body: door}, Item{Kind: "echo", Body: []byte("b")}, Item{Kind: "echo", Body: []byte("c")},
		Item{Kind: "echo", Body: []byte("d")}, Item{Kind: "make", Body: door}, Item{Kind: "echo", Body: []byte("e")})
	var got []string
	for _, r := range results {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		got = append(got, string(r.Body))
	}
	if fmt.Sprint(got) != "[ b c d  e]" {
		t.Fatalf("%q", got)
	}
}

func TestLifecycle15_NeverMoreWorkersThanItems(t *testing.T) {
	var starts atomic.Int64
	q := open(t, plan{Options: Options{Workers: 8}, starts: &starts})
	dir := t.TempDir()
	if n := starts.Load(); n != 0 {
		t.Fatalf("%d workers without an item", n)
	}
	do(t, q, Item{Kind: "meet", Body: fmt.Append(nil, dir, " 2")}, Item{Kind: "meet", Body: fmt.Append(nil, dir, " 2")})
	for range 20 { // one after the other they need no more
		do(t, q, Item{Kind: "echo"})
	}
	if n := starts.Load(); n != 2 {
		t.Fatalf("%d workers for 2 items", n)
	}
}

// Letters a and d too: the item costs itself, nothing else.
func TestLifecycle16_StuckItemCostsExactlyItself(t *testing.T) {
	clock := newFakeClock()
	q := open(t, plan{Options: Options{Workers: 2, Clock: clock}})
	tell, heard := told()
	items := []Item{{Kind: "hang", Timeout: time.Minute, Progress: tell}}
	for i := range 40 {
		items = append(items, Item{Kind: "echo", Body: fmt.Append(nil, i), Timeout: time.Hour})
	}
	done := make(chan []Result)
	go func() {
		results, _ := q.Do(context.Background(), items)
		done <- results
	}()
	await(t, "the item to run", heard)
	clock.advance(time.Minute)
	results := await(t, "the results", done)
	if r := results[0]; !errors.Is(r.Err, ErrStuck) || r.Attempts != 1 || r.Wall != time.Minute {
		t.Fatalf("stuck item: %+v", r)
	}
	for i, r := range results[1:] {
		good(t, r, fmt.Sprint(i))
	}
	refilled(t, q, 2)
}

// refilled fails the test unless n workers can run at the same time.
func refilled(t *testing.T, q *Queue, n int) {
	t.Helper()
	item := Item{Kind: "meet", Body: fmt.Append(nil, t.TempDir(), " ", n)}
	var got []string
	for _, r := range do(t, q, slices.Repeat([]Item{item}, n)...) {
		got = append(got, string(r.Body))
	}
	slices.Sort(got)
	if len(slices.Compact(got)) != n {
		t.Fatalf("workers %q, want %d", got, n)
	}
}

func TestLifecycle16_DeadWorkerCostsOneRetry(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 2}})
	once := filepath.Join(t.TempDir(), "once")
	items := []Item{{Kind: "die once", Body: []byte(once)}, {Kind: "die"}, {Kind: "exit"}}
	for i := range 20 {
		items = append(items, Item{Kind: "echo", Body: fmt.Append(nil, i)})
	}
	results := do(t, q, items...)
	if r := results[0]; r.Err != nil || r.Attempts != 2 {
		t.Errorf("died once: %+v", r)
	}
	if r := results[1]; !errors.Is(r.Err, ErrWorkerDied) || r.Attempts != 2 || !strings.Contains(r.Err.Error(), "signal: killed") {
		t.Errorf("died twice: %+v", r)
	}
	if r := results[2]; !errors.Is(r.Err, ErrWorkerDied) || !strings.Contains(r.Err.Error(), "exit status 3: these were my last words") {
		t.Errorf("exited: %+v", r)
	}
	for i, r := range results[3:] {
		good(t, r, fmt.Sprint(i))
	}
	refilled(t, q, 2)
	if err := q.Close(); err != nil {
		t.Error(err)
	}
	childless(t)
}

// A result that was written before the worker died is a result, even if its exit
// is noticed first: what Progress is called for holds the reader up until then.
func TestLifecycle16_LastWordsOfADeadWorkerCount(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}, mode: "last"})
	reading, goOn := make(chan struct{}), make(chan struct{})
	result := q.Submit(Item{Body: []byte("my last words"), Progress: func([]byte) {
		close(reading)
		<-goOn
	}})
	await(t, "the progress", reading)
	q.until(t, "its exit", func(w *worker) bool { return w.exited })
	close(goOn)
	r := receive(t, result)
	good(t, r, "my last words")
	if r.Attempts != 1 {
		t.Fatalf("%d attempts", r.Attempts)
	}
}

// A worker that has to end says so, and no item is lost on it.
func TestLifecycle16_LeavingWorkerCostsNothing(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}, mode: "once"})
	for i, r := range do(t, q, slices.Repeat([]Item{{Body: []byte("one")}}, 10)...) {
		if good(t, r, "one"); r.Attempts != 1 {
			t.Errorf("item %d: %d attempts", i, r.Attempts)
		}
	}
}

// Letter d too. The worker's child has both pipes and escaped.
func TestLifecycle17_DeathIsNoticedWhoeverHoldsThePipes(t *testing.T) {
	life := newLife(t)
	door := filepath.Join(t.TempDir(), "door")
	q := open(t, plan{Options: Options{Workers: 1}, mode: "holder", extra: []*os.File{life.w}, env: []string{"GO=" + door}})
	result := q.Submit(Item{})
	life.up(t, 1)
	begin := time.Now()
	if err := os.WriteFile(door, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := receive(t, result)
	if !errors.Is(r.Err, ErrWorkerDied) || r.Attempts != 2 {
		t.Fatalf("%+v", r)
	}
	if d := time.Since(begin); d > time.Second {
		t.Fatalf("two deaths were noticed after %v", d)
	}
	life.dead(t, time.Second)
	childless(t)
}

func TestLifecycle17_WorkersShareNoPipes(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 4}})
	item := Item{Kind: "pipes", Body: fmt.Append(nil, t.TempDir(), " 4")}
	seen := map[string]int{}
	for i, r := range do(t, q, item, item, item, item) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		mine := strings.Fields(string(r.Body))
		slices.Sort(mine)
		for _, p := range slices.Compact(mine) {
			if other, ok := seen[p]; ok {
				t.Errorf("items %d and %d both have %s", other, i, p)
			}
			seen[p] = i
		}
	}
	if len(seen) != 4*3 { // commands, results, standard error
		t.Errorf("%d pipes in 4 workers: %v", len(seen), seen)
	}
}

// The result is in the pipe when the deadline passes, but it has not been
// read: what Progress is called for holds the reader up.
func TestLifecycle18_ReadyResultBeatsItsDeadline(t *testing.T) {
	clock, ready := newFakeClock(), filepath.Join(t.TempDir(), "ready")
	q := open(t, plan{Options: Options{Workers: 1, Clock: clock}, mode: "prompt", env: []string{"READY=" + ready}})
	reading, goOn := make(chan struct{}), make(chan struct{})
	result := q.Submit(Item{Body: []byte("in time"), Timeout: time.Minute, Progress: func([]byte) {
		close(reading)
		<-goOn
	}})
	await(t, "the progress", reading)
	if err := wait(t.Context(), ready); err != nil {
		t.Fatal(err)
	}
	clock.advance(time.Minute)
	q.until(t, "the alarm", func(w *worker) bool { return w.overdue })
	close(goOn)
	r := receive(t, result)
	good(t, r, "in time")
	if r.Attempts != 1 {
		t.Fatalf("%d attempts", r.Attempts)
	}
	good(t, do(t, q, Item{Body: []byte("and on")})[0], "and on")
}

// Letter c. The stuck worker ignores TERM, so that it takes the whole grace;
// all other items are through before.
func TestLifecycle18_TroubleStaysWithItsWorker(t *testing.T) {
	const grace = 3 * time.Second // far longer than the other items take, on a busy machine too
	clock := newFakeClock()
	q := open(t, plan{Options: Options{Workers: 2, Clock: clock, Grace: grace}, mode: "stubborn"})
	tell, heard := told()
	stuck := q.Submit(Item{Kind: "hang", Timeout: time.Minute, Progress: tell})
	await(t, "the item to run", heard)
	clock.advance(time.Minute)
	begin := time.Now()
	for i := range 30 {
		r := do(t, q, Item{Kind: "echo", Body: fmt.Append(nil, i), Timeout: time.Minute})[0]
		good(t, r, fmt.Sprint(i))
	}
	spent := time.Since(begin)
	select {
	case r := <-stuck:
		t.Fatalf("after %v the stuck worker is gone already: %+v", spent, r)
	default:
	}
	if r := receive(t, stuck); !errors.Is(r.Err, ErrStuck) {
		t.Fatalf("%+v", r)
	}
	if d := time.Since(begin); d > grace+2*time.Second {
		t.Fatalf("the stuck worker took %v", d)
	}
}

func TestLifecycle19_BrokenPipeIsADeadWorker(t *testing.T) {
	once := filepath.Join(t.TempDir(), "once")
	q := open(t, plan{Options: Options{Workers: 1}, mode: "deaf", env: []string{"ONCE=" + once}})
	results := do(t, q, Item{Kind: "echo", Body: []byte("a")}, Item{Kind: "echo", Body: []byte("b")})
	good(t, results[0], "a")
	good(t, results[1], "b")
	if results[0].Attempts != 2 || results[1].Attempts != 1 {
		t.Fatalf("%+v", results)
	}
}

func TestLifecycle20_WorkerThatCannotStartEndsTheRun(t *testing.T) {
	absent := func(int) supervisor.Options { return supervisor.Options{Path: "/nonexistent/worker"} }
	for name, p := range map[string]plan{
		"no such file":                {Options: Options{Command: absent}},
		"exit status 7: no such luck": {mode: "broken"},
		"not ready within 200ms":      {mode: "mute", Options: Options{StartTimeout: 200 * time.Millisecond, Grace: 10 * time.Millisecond}},
	} {
		var starts atomic.Int64
		p.starts, p.Workers = &starts, 1
		q := open(t, p)
		results, err := q.Do(context.Background(), make([]Item, 10))
		var e *StartError
		if !errors.As(err, &e) || !strings.Contains(err.Error(), name) || e.Tries != 3 || e.Worker != 1 {
			t.Errorf("%s: %v", name, err)
		}
		for _, r := range results {
			if !errors.Is(r.Err, err) || r.Attempts != 0 {
				t.Errorf("%s: %+v", name, r)
			}
		}
		if n := starts.Load(); n != 3 && p.mode != "" {
			t.Errorf("%s: %d starts", name, n)
		}
		if err := q.Close(); !errors.As(err, &e) {
			t.Errorf("%s: Close: %v", name, err)
		}
		if r := receive(t, q.Submit(Item{})); !errors.As(r.Err, &e) {
			t.Errorf("%s: Submit: %v", name, r.Err)
		}
	}
	childless(t)
}

func TestLifecycle22_WorkersKnowTheirIndex(t *testing.T) {
	t.Setenv(Env, "77") // inherited from an outer worker: must not shine through
	q := open(t, plan{Options: Options{Workers: 4}})
	refilled(t, q, 4) // its items wait for files that are named by the indexes 1 to 4
}
