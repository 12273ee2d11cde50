package workqueue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

func TestHigherPriorityIsFirstThenFirstCome(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	door := filepath.Join(t.TempDir(), "door")
	tell, heard := told()
	first := q.Submit(Item{Kind: "wait", Body: []byte(door), Progress: tell})
	await(t, "the first item", heard)
	order := make(chan string, 10)
	var all []<-chan Result
	for i, priority := range []int{0, -1, 5, 0, 5, 7} {
		name := fmt.Sprint(i)
		all = append(all, q.Submit(Item{
			Kind: "progress", Body: []byte(name), Priority: priority,
			Progress: func([]byte) { order <- name },
		}))
	}
	if err := os.WriteFile(door, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range append(all, first) {
		good(t, receive(t, c), "")
	}
	close(order)
	var got string
	for name := range order {
		got += name
	}
	if got != "524031" {
		t.Fatalf("ran in the order %s", got)
	}
}

// An item that demands it has all workers for itself, whatever comes before,
// meanwhile and after.
func TestAloneMeansAlone(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 3}})
	var items []Item
	dir := t.TempDir()
	for i := range 60 {
		kind := "together"
		if i%7 == 3 {
			kind = "alone"
		}
		items = append(items, Item{Kind: kind, Body: []byte(dir), Alone: kind == "alone"})
	}
	for i, r := range do(t, q, items...) {
		if r.Err != nil {
			t.Errorf("item %d: %v", i, r.Err)
		}
	}
}

// The item that waits holds the one that demands to be alone back, and that
// one holds the last one back.
func TestAloneWaitsAndIsWaitedFor(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 3}})
	doors := []string{filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")}
	tell, heard := told()
	before := q.Submit(Item{Kind: "wait", Body: []byte(doors[0]), Progress: tell})
	await(t, "the item before", heard)
	alone := q.Submit(Item{Kind: "wait", Body: []byte(doors[1]), Alone: true, Progress: tell})
	after := q.Submit(Item{Kind: "echo"})
	q.wait(func() {
		if q.loop.running != 1 || len(q.loop.waiting) != 2 {
			t.Errorf("%d run, %d wait", q.loop.running, len(q.loop.waiting))
		}
	})
	_ = os.WriteFile(doors[0], nil, 0o600)
	good(t, receive(t, before), "")
	await(t, "the item alone", heard)
	q.wait(func() {
		if q.loop.running != 1 || len(q.loop.waiting) != 1 || q.loop.alone == nil {
			t.Errorf("%d run, %d wait", q.loop.running, len(q.loop.waiting))
		}
	})
	_ = os.WriteFile(doors[1], nil, 0o600)
	good(t, receive(t, alone), "")
	good(t, receive(t, after), "")
}

func TestDoTakesItemsBackWhenItsContextEnds(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	ctx, cancel := context.WithCancelCause(context.Background())
	why := errors.New("enough")
	results, err := q.Do(ctx, []Item{{Kind: "obey", Progress: func([]byte) { cancel(why) }}, {Kind: "echo"}})
	if !errors.Is(err, why) || !errors.Is(results[1].Err, why) || results[1].Attempts != 0 {
		t.Fatalf("%v, %+v", err, results)
	}
	// The running one answered for itself.
	if e := new(WorkerError); !errors.As(results[0].Err, &e) || e.Text != "context canceled" {
		t.Fatalf("%+v", results[0])
	}
	good(t, do(t, q, Item{Kind: "env"})[0], "1")
}

func TestCancelledItemThatDoesNotObeyIsEndedWithItsWorker(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1, Grace: 50 * time.Millisecond}})
	ctx, cancel := context.WithCancel(context.Background())
	results, err := q.Do(ctx, []Item{{Kind: "hang", Progress: func([]byte) { cancel() }}})
	if !errors.Is(err, context.Canceled) || !errors.Is(results[0].Err, context.Canceled) || results[0].Attempts != 1 {
		t.Fatalf("%v, %+v", err, results)
	}
	good(t, do(t, q, Item{Kind: "env"})[0], "1")
}

func TestKillEndsEverythingAtOnce(t *testing.T) {
	life := newLife(t)
	q := open(t, plan{Options: Options{Workers: 2}, extra: []*os.File{life.w}})
	tell, heard := told()
	running := q.Submit(Item{Kind: "family", Body: []byte("hang"), Progress: tell})
	await(t, "the family", heard)
	life.up(t, 3)
	waiting := q.Submit(Item{Kind: "hang"})
	begin := time.Now()
	q.Kill()
	if d := time.Since(begin); d > time.Second {
		t.Errorf("took %v", d)
	}
	childless(t)
	for _, c := range []<-chan Result{running, waiting} {
		if r := receive(t, c); !errors.Is(r.Err, ErrClosed) {
			t.Errorf("%+v", r)
		}
	}
	life.dead(t, time.Second)
	if err := q.Close(); err != nil {
		t.Errorf("Close after Kill: %v", err)
	}
}

func TestEndOfContextKills(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	q, err := Start(ctx, plan{Options: Options{Workers: 1}}.options(t))
	if err != nil {
		t.Fatal(err)
	}
	why := errors.New("interrupted")
	a := q.Submit(Item{Kind: "hang", Progress: func([]byte) { cancel(why) }})
	b := q.Submit(Item{Kind: "echo"})
	for _, c := range []<-chan Result{a, b, q.Submit(Item{})} {
		if r := receive(t, c); !errors.Is(r.Err, why) {
			t.Errorf("%+v", r)
		}
	}
	if err := q.Close(); !errors.Is(err, why) {
		t.Error(err)
	}
	childless(t)
	if _, err := q.Do(context.Background(), make([]Item, 2)); !errors.Is(err, why) {
		t.Error(err)
	}
}

func TestCloseWaitsForWhatWasSubmitted(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 2}})
	var all []<-chan Result
	for i := range 50 {
		all = append(all, q.Submit(Item{Kind: "echo", Body: fmt.Append(nil, i)}))
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	childless(t)
	for i, c := range all {
		select {
		case r := <-c:
			good(t, r, fmt.Sprint(i))
		default:
			t.Fatalf("item %d has no result after Close", i)
		}
	}
}

// What could not be cleaned up is told after a Kill, too.
func TestCloseAfterKillTellsOfTrouble(t *testing.T) {
	fail := errors.New("busy")
	p := plan{Options: Options{Workers: 1}}
	plain := p.options(t).Command
	p.Command = func(i int) supervisor.Options {
		o := plain(i)
		o.Release = func() error { return fail }
		return o
	}
	q := open(t, p)
	good(t, do(t, q, Item{Kind: "echo"})[0], "")
	q.Kill()
	if err := q.Close(); !errors.Is(err, fail) || errors.Is(err, ErrClosed) {
		t.Errorf("Close = %v", err)
	}
	fail = nil
	if err := supervisor.RetryReleases(); err != nil {
		t.Error(err)
	}
}

// watched is a context that counts who waits for its end.
type watched struct {
	context.Context
	done           chan struct{}
	begun, waiting int
}

func (w *watched) Done() <-chan struct{} { return w.done }

func (w *watched) AfterFunc(func()) (stop func() bool) {
	w.begun++
	w.waiting++
	return func() bool { w.waiting--; return true }
}

// Of several results the one that was never the item's own counts, and when all are
// there nothing is left in the context.
func TestCollect(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	ctx := &watched{Context: context.Background(), done: make(chan struct{})}
	results, err := q.collect(ctx, make([]Item, 3), func(calls ...*call) {
		calls[0].finish(Result{Err: errSecond})
		q.loop.refuse(calls[1], errFirst)
		calls[2].finish(Result{})
	})
	if err != errFirst || results[0].Err != errSecond || results[1].Err != errFirst || results[2].Err != nil {
		t.Errorf("%v, %+v", err, results)
	}
	if ctx.begun != 1 || ctx.waiting != 0 {
		t.Errorf("%d waited for the end of the context, and %d still do", ctx.begun, ctx.waiting)
	}
}

func TestCloseEndsWorkersThatDoNotGo(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1, Grace: 20 * time.Millisecond}, mode: "lingerer"})
	good(t, do(t, q, Item{Body: []byte("done")})[0], "done")
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	childless(t)
}

func TestUnusedQueueEnds(t *testing.T) {
	q := open(t, plan{})
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	if results, err := q.Do(context.Background(), make([]Item, 1)); !errors.Is(err, ErrClosed) || !errors.Is(results[0].Err, ErrClosed) {
		t.Fatalf("%v, %+v", err, results)
	}
}

func TestOptionsWithoutCommandAreRefused(t *testing.T) {
	if _, err := Start(context.Background(), Options{}); err == nil {
		t.Fatal("no error")
	}
}

func TestShutdownEndsTheRunAtOnce(t *testing.T) {
	supervisor.Shutdown()
	defer supervisor.ResetForChild()
	q := open(t, plan{Options: Options{Workers: 1}})
	if _, err := q.Do(context.Background(), make([]Item, 2)); !errors.Is(err, supervisor.ErrShuttingDown) {
		t.Fatal(err)
	}
}
