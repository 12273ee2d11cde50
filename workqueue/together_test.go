package workqueue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// together runs items together and fails the test if that takes too long.
func together(t *testing.T, q *Queue, items ...Item) []Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	results, err := q.Together(ctx, items, 0)
	if err != nil {
		t.Fatalf("Together: %v; results: %+v", err, results)
	}
	return results
}

// Each waits until all are there.
func TestTogetherIsAtTheSameTime(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 3}})
	good(t, do(t, q, Item{Kind: "echo"})[0], "") // one worker is there already
	if n := q.Free(0); n != 3 {
		t.Fatalf("%d workers are free, want 3", n)
	}
	item := Item{Kind: "meet", Body: fmt.Append(nil, t.TempDir(), " 3")}
	for _, r := range together(t, q, item, item, item) {
		if r.Err != nil || r.Attempts != 1 {
			t.Errorf("%+v", r)
		}
	}
}

func TestTogetherOrNotAtAll(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 2}})
	door := filepath.Join(t.TempDir(), "door")
	tell, told := told()
	busy := q.Submit(Item{Kind: "wait", Body: []byte(door), Progress: tell})
	await(t, "the first item", told)
	if n := q.Free(0); n != 1 {
		t.Errorf("%d workers are free, want 1", n)
	}
	made := filepath.Join(t.TempDir(), "made")
	for _, r := range together(t, q, Item{Kind: "make", Body: []byte(made)}, Item{Kind: "echo"}) {
		if !errors.Is(r.Err, ErrApart) || r.Attempts != 0 {
			t.Errorf("%+v", r)
		}
	}
	good(t, do(t, q, Item{Kind: "make", Body: []byte(door)})[0], "")
	good(t, receive(t, busy), "")
	if matches, _ := filepath.Glob(made); matches != nil {
		t.Error("an item has run alone")
	}
	for _, r := range together(t, q, Item{Kind: "echo"}, Item{Kind: "echo"}) {
		good(t, r, "")
	}
}

// With patience it is enough that the running items end in time, and what waits waits
// on; an item that has been running for longer is not expected to end.
func TestTogetherWithPatience(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 2}})
	run := func(patience time.Duration, meanwhile func(door string)) []error {
		door := filepath.Join(t.TempDir(), "door")
		tell, told := told()
		busy := q.Submit(Item{Kind: "wait", Body: []byte(door), Progress: tell})
		await(t, "the first item", told)
		ended := make(chan []error, 1)
		items := []Item{{Kind: "echo"}, {Kind: "echo"}}
		go func() {
			results, err := q.Together(context.Background(), items, patience)
			ended <- []error{err, results[0].Err, results[1].Err}
		}()
		meanwhile(door)
		errs := await(t, "the end", ended)
		good(t, do(t, q, Item{Kind: "make", Body: []byte(door)})[0], "")
		good(t, receive(t, busy), "")
		return errs
	}
	gathered := func() bool {
		var n int
		q.wait(func() { n = len(q.loop.gang) })
		return n > 0
	}
	errs := run(time.Hour, func(door string) {
		for !gathered() {
			time.Sleep(time.Millisecond)
		}
		later := q.Submit(Item{Kind: "echo"}) // has a worker, and must wait
		select {
		case r := <-later:
			t.Errorf("handed out: %+v", r)
		case <-time.After(50 * time.Millisecond):
		}
		if err := os.WriteFile(door, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		good(t, receive(t, later), "")
	})
	if errs[0] != nil || errs[1] != nil || errs[2] != nil {
		t.Errorf("with patience: %v", errs)
	}
	if errs = run(20*time.Millisecond, func(string) {}); !errors.Is(errs[1], ErrApart) || !errors.Is(errs[2], ErrApart) {
		t.Errorf("with little patience: %v", errs)
	}
}

// What is to run together and waits for workers that are being started ends with
// the queue, with its caller, or when no worker can be started.
func TestTogetherEnds(t *testing.T) {
	items := []Item{{Kind: "echo"}, {Kind: "echo"}}
	for name, end := range map[string]func(*Queue, func()){
		"kill":   func(q *Queue, _ func()) { q.Kill() },
		"cancel": func(_ *Queue, cancel func()) { cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			q := open(t, plan{Options: Options{Workers: 2}, mode: "mute"})
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			ended := make(chan error, 1)
			go func() {
				_, err := q.Together(ctx, items, 0)
				ended <- err
			}()
			q.until(t, "a start", func(*worker) bool { return true })
			end(q, cancel)
			if err := await(t, "the end", ended); !errors.Is(err, ErrClosed) && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	}
	t.Run("no worker", func(t *testing.T) {
		q := open(t, plan{Options: Options{Workers: 2}, mode: "broken"})
		results, err := q.Together(context.Background(), items, 0)
		if !errors.As(err, new(*StartError)) {
			t.Errorf("%v, %+v", err, results)
		}
	})
	t.Run("closed", func(t *testing.T) {
		q := open(t, plan{Options: Options{Workers: 2}})
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
		if results, err := q.Together(context.Background(), items, time.Hour); !errors.Is(err, ErrClosed) {
			t.Errorf("%v, %+v", err, results)
		}
		if n := q.Free(time.Hour); n != 0 {
			t.Errorf("%d workers are free", n)
		}
	})
}
