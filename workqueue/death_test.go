package workqueue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// Letters a and b: neither the worker nor anybody of its family heeds TERM.
func TestLifecycle21_StuckWorkersFamilyDiesWithIt(t *testing.T) {
	life, clock := newLife(t), newFakeClock()
	scratch := filepath.Join(t.TempDir(), "scratch")
	if err := os.Mkdir(scratch, 0o700); err != nil {
		t.Fatal(err)
	}
	p := plan{Options: Options{Workers: 1, Clock: clock, Grace: 50 * time.Millisecond}, mode: "bad parent", extra: []*os.File{life.w}}
	plain := p.options(t).Command
	p.Command = func(i int) supervisor.Options {
		o := plain(i)
		o.SandboxDir = scratch
		return o
	}
	q := open(t, p)
	tell, heard := told()
	result := q.Submit(Item{Timeout: time.Minute, Progress: tell})
	var pid, child int
	if _, err := fmt.Sscan(await(t, "the family", heard), &pid, &child); err != nil {
		t.Fatal(err)
	}
	life.up(t, 3)
	q.until(t, "the announcement", func(w *worker) bool { return w.announced[child] })
	clock.advance(time.Minute)
	if r := receive(t, result); !errors.Is(r.Err, ErrStuck) || r.Attempts != 1 {
		t.Fatalf("%+v", r)
	}
	childless(t) // as soon as the result is there
	if _, err := os.Stat(scratch); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the worker's scratch directory is still there: %v", err)
	}
	life.dead(t, time.Second)
}

// Letter i: the worker obeys TERM and ends its family by KILL, so the grace is
// not slept out.
func TestLifecycle6i_TimeoutCostsNoGrace(t *testing.T) {
	const timeout, grace = 300 * time.Millisecond, 10 * time.Second
	life := newLife(t)
	q := open(t, plan{Options: Options{Workers: 1, Grace: grace}, extra: []*os.File{life.w}})
	r := do(t, q, Item{Kind: "family", Body: []byte("hang"), Timeout: timeout})[0]
	if !errors.Is(r.Err, ErrStuck) {
		t.Fatalf("%+v", r)
	}
	t.Logf("%v after its deadline", r.Wall-timeout)
	if r.Wall > timeout+grace/2 {
		t.Errorf("ended after %v", r.Wall)
	}
	childless(t)
	life.dead(t, time.Second)
}

// Rule 26 too: KILL to a worker.
func TestLifecycle21_KilledWorkersFamilyDiesWithIt(t *testing.T) {
	life := newLife(t)
	q := open(t, plan{Options: Options{Workers: 1}, extra: []*os.File{life.w}})
	tell, heard := told()
	result := q.Submit(Item{Kind: "family", Body: []byte("hang"), Progress: tell})
	for range 2 {
		var pid, child int
		if _, err := fmt.Sscan(await(t, "the family", heard), &pid, &child); err != nil {
			t.Fatal(err)
		}
		life.up(t, 3)
		if err := supervisor.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
	}
	if r := receive(t, result); !errors.Is(r.Err, ErrWorkerDied) {
		t.Fatalf("%+v", r)
	}
	childless(t)
	life.dead(t, time.Second)
}

func TestLifecycle21_ReleasedChildrenAreForgotten(t *testing.T) {
	life := newLife(t)
	q := open(t, plan{Options: Options{Workers: 1}, extra: []*os.File{life.w}})
	ctx, cancel := context.WithCancel(context.Background())
	tell, heard := told()
	done := make(chan []Result)
	go func() {
		r, _ := q.Do(ctx, []Item{{Kind: "family", Progress: tell}})
		done <- r
	}()
	await(t, "the family", heard)
	life.up(t, 3)
	cancel() // the handler ends its child
	await(t, "the end", done)
	q.until(t, "the release", func(w *worker) bool { return len(w.announced) == 0 && w.state == idle })
	q.Kill() // the worker has the pipe, too
	life.dead(t, time.Second)
}

// A process that an item left behind is dead before the item's result is sent.
func TestLifecycle04_NothingOutlivesItsItem(t *testing.T) {
	life := newLife(t)
	q := open(t, plan{Options: Options{Workers: 1}, extra: []*os.File{life.w}})
	good(t, do(t, q, Item{Kind: "leave"})[0], "")
	if all := children(t); len(all) != 1 {
		t.Fatalf("children of the queue: %v", all)
	}
	q.Kill()
	life.dead(t, time.Second)
}

func TestLifecycle25_WorkerDiesOfItsSignalAfterItsChildren(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT} {
		t.Run(sig.String(), func(t *testing.T) {
			life := newLife(t)
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			// No queue: whoever kills the family, it is not the Runner.
			in, out := newLife(t), newLife(t)
			h, err := supervisor.Spawn(supervisor.Options{
				Path: self, Env: as("worker"), ExtraFiles: []*os.File{in.r, out.w, life.w},
			})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _, _ = supervisor.Terminate(h, 0) }()
			for _, m := range []message{{Op: opGo}, {Op: opRun, ID: 1, Kind: "family", Body: []byte("return")}} {
				if err := send(in.w, m); err != nil {
					t.Fatal(err)
				}
			}
			life.up(t, 3)
			if err := supervisor.Kill(h.PID, sig); err != nil {
				t.Fatal(err)
			}
			life.dead(t, 3*time.Second)
			await(t, "the worker's exit", h.Exited())
			if exit, err := supervisor.Reap(h); err != nil || exit.Signal != sig {
				t.Fatalf("exit %v, %v", exit, err)
			}
			_ = out.w.Close()
			if said := everything(t, out.r); strings.Contains(said, opResult) {
				t.Fatalf("a result was made of the death of the children: %q", said)
			}
		})
	}
}

func everything(t *testing.T, f *os.File) string {
	t.Helper()
	_ = f.SetReadDeadline(time.Now().Add(limit))
	var all strings.Builder
	if _, err := f.WriteTo(&all); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// Letter e too. This process is the nearest subreaper, but kills nothing: all
// must have died by itself when it looks.
func TestLifecycle26_WorkersEndWhenTheRunnerIsKilled(t *testing.T) {
	for _, body := range []string{"", "hang", "return"} {
		t.Run("family "+body, func(t *testing.T) {
			life := newLife(t)
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			h, err := supervisor.Spawn(supervisor.Options{Path: self, Env: as("runner", "FAMILY="+body), ExtraFiles: []*os.File{life.w}})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _, _ = supervisor.Terminate(h, 0) }()
			life.up(t, 3)
			if err := supervisor.Kill(h.PID, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			life.dead(t, 3*time.Second)
		})
	}
}

// Letter f: half a frame does not hold up anybody else, and costs its own item
// the deadline and one grace.
func TestLifecycle6f_HalfAFrameCostsOnlyItsItem(t *testing.T) {
	clock := newFakeClock()
	q := open(t, plan{Options: Options{Workers: 2, Clock: clock, Grace: time.Second}, mode: "half"})
	torn := q.Submit(Item{Kind: "half", Timeout: time.Minute})
	q.until(t, "half a frame", func(w *worker) bool { return w.state == busy })
	for i := range 20 {
		good(t, do(t, q, Item{Kind: "echo", Body: fmt.Append(nil, i)})[0], fmt.Sprint(i))
	}
	clock.advance(time.Minute)
	q.until(t, "the judgement", func(w *worker) bool { return w.extended || w.stuck })
	clock.advance(time.Second)
	if r := receive(t, torn); !errors.Is(r.Err, ErrStuck) {
		t.Fatalf("%+v", r)
	}
}

func TestLifecycle6f_SlowFrameIsAResult(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}, mode: "pause"})
	good(t, do(t, q, Item{Kind: "half", Timeout: limit})[0], "slow")
}

// Letter f, and what else a worker could say that makes no sense: it costs the
// item, and the run goes on.
func TestLifecycle6f_NonsenseCostsOnlyItsItem(t *testing.T) {
	for lie, want := range map[string]string{
		"wrong id": "without its item", "unknown": `unknown message "gossip"`, "garbage": "too long", "too long": "too long", "close": "signal: terminated",
	} {
		q := open(t, plan{Options: Options{Workers: 1, Grace: 50 * time.Millisecond}, mode: "liar"})
		r := do(t, q, Item{Body: []byte(lie)})[0]
		if !errors.Is(r.Err, ErrWorkerDied) || !strings.Contains(r.Err.Error(), want) {
			t.Errorf("%s: %+v", lie, r)
		}
		q.Kill()
	}
	childless(t)
}

// Rule 24: a worker that somebody has stopped before it ran anything holds up neither
// Kill nor the Runner's end.
func TestLifecycle24_StoppedBeforeItBegan(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	held := make(chan struct{})
	supervisor.OnSpawn(func(h *supervisor.Handle) {
		if err := supervisor.Kill(h.PID, syscall.SIGSTOP); err != nil {
			t.Error(err)
		}
		close(held)
	})
	t.Cleanup(func() { supervisor.OnSpawn(nil) })
	result := q.Submit(Item{Kind: "echo"})
	await(t, "the start", held)
	begin := time.Now()
	q.Kill()
	if d := time.Since(begin); d > 2*time.Second {
		t.Errorf("Kill took %v", d)
	}
	if r := receive(t, result); !errors.Is(r.Err, ErrClosed) {
		t.Errorf("%+v", r)
	}
	childless(t)
}
