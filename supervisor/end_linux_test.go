package supervisor

import (
	"fmt"

	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Statement 1: the exit is known before the child is reaped; until then the
// zombie pins the pid and the handle is registered.
func TestLifecycle1_ExitIsLearnedWithoutReaping(t *testing.T) {
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		in, w := pipe(t)
		o := mode(shell("read x; exit 5"))
		o.Stdin = in
		h := start(t, o)
		if ok, err := ReapNonblock(h); ok || err != nil || !isListed(h) {
			t.Errorf("while it runs: %v, %v, listed %v", ok, err, isListed(h))
		}
		_ = w.Close()
		<-h.Exited()
		isZombie(t, h.PID)
		if _, done := h.Exit(); done || !isListed(h) {
			t.Errorf("reaped %v, listed %v before it was asked for", done, isListed(h))
		}
		if ok, err := ReapNonblock(h); !ok || err != nil {
			t.Errorf("once it has exited: %v, %v", ok, err)
		}
		isGone(t, h.PID)
		if exit, done := h.Exit(); !done || exit.Code != 5 || isListed(h) {
			t.Errorf("exit %v, %v, listed %v", exit, done, isListed(h))
		}
	})
}

// Statement 1 and letter h: no signal goes to a pid or group whose leader was
// reaped, while others signal all the time.
func TestLifecycle1H_NoSignalToTheReaped(t *testing.T) {
	var sent atomic.Int64
	watchKills(t, func(pid int, _ syscall.Signal) {
		sent.Add(1)
		if state(max(pid, -pid)) == "" {
			t.Errorf("a signal to %d, whose process is no more", pid)
		}
	})
	var done atomic.Bool
	var noise sync.WaitGroup
	noise.Go(func() {
		for !done.Load() {
			SignalAll(0)
		}
	})
	for i := range 30 {
		o := shell([]string{"exit 0", "sleep 30", "kill -9 $$"}[i%3])
		o.IsolateInChild = i%2 == 0
		h := start(t, o)
		if _, err := Terminate(h, 0); err != nil {
			t.Error(err)
		}
		_, _ = ReapNonblock(h)
		_, _ = Terminate(h, time.Second)
	}
	done.Store(true)
	noise.Wait()
	if sent.Load() == 0 {
		t.Error("no signal was seen")
	}
}

// Statement 2 and letter b: the group dies with its leader, however that ended.
func TestLifecycle2B_GroupIsSwept(t *testing.T) {
	for _, finale := range []string{"exit=0", "exit=3", "abort", "wait", "stubborn"} {
		for _, outer := range []bool{false, true} {
			t.Run(fmt.Sprint(finale, " outer=", outer), func(t *testing.T) {
				l := newLiveness(t)
				o := helper("family", finale, "group", "group+ignore")
				o.IsolateInChild = !outer
				o.ExtraFiles = []*os.File{l.w}
				r, w := pipe(t)
				o.Stdout = w
				h := start(t, o)
				_ = w.Close()
				if _, err := r.Read(make([]byte, 6)); err != nil {
					t.Fatal(err)
				}
				if _, err := end(h, finale); err != nil {
					t.Error(err)
				}
				l.dead(t, patience)
			})
		}
	}
}

// Statement 3 and letter i: Terminate does not sleep out the grace.
func TestLifecycle3I_TerminateReturnsAtOnce(t *testing.T) {
	for name, script := range map[string]string{
		"obeys":   "echo ready; exec sleep 30",
		"stopped": "echo ready; kill -STOP $$; exec sleep 30",
	} {
		t.Run(name, func(t *testing.T) {
			h, out := talk(t, inner(shell(script)))
			expect(t, out, "ready")
			if name == "stopped" {
				eventually(t, "stopped", func() bool { return state(h.PID) == "T" })
			}
			within(t, 300*time.Millisecond, func() {
				exit, err := Terminate(h, patience)
				if err != nil {
					t.Error(err)
				}
				signalled(t, exit, syscall.SIGTERM)
			})
			isGone(t, h.PID)
		})
	}
	t.Run("dead already", func(t *testing.T) {
		h := start(t, inner(shell("exit 4")))
		<-h.Exited()
		if exit, err := Terminate(h, patience); err != nil || exit.Code != 4 {
			t.Errorf("terminate = %v, %v", exit, err)
		}
	})
}

// The ladder's other end: who ignores TERM has the grace and not much more.
func TestLifecycle3_TerminateKillsAfterTheGrace(t *testing.T) {
	h, out := talk(t, inner(shell("trap '' TERM; echo ready; while :; do sleep 0.05; done")))
	expect(t, out, "ready")
	begin := time.Now()
	exit, err := Terminate(h, 200*time.Millisecond)
	if err != nil {
		t.Error(err)
	}
	signalled(t, exit, syscall.SIGKILL)
	if took := time.Since(begin); took < 200*time.Millisecond || took > 500*time.Millisecond {
		t.Errorf("took %v, want the grace of 200ms and at most 300ms more", took)
	}
	isGone(t, h.PID)
}

// Statement 5: the end does not wait for a pipe that a grandchild holds.
func TestLifecycle5_ReapDoesNotWaitForPipes(t *testing.T) {
	l := newLiveness(t)
	out, w := pipe(t)
	o := inner(helper("family", "exit=0", "setsid"))
	o.ExtraFiles, o.Stdout, o.Files = []*os.File{l.w}, w, []*os.File{out}
	h := start(t, o)
	within(t, patience, func() {
		if exit, err := Reap(h); err != nil || exit.Code != 0 {
			t.Errorf("reap = %v, %v", exit, err)
		}
	})
	l.alive(t) // this test's process is no subreaper; the kid ends by itself
}

// Statement 7: one reaper, however many ask, and again changes nothing.
func TestLifecycle7_ReapIsIdempotent(t *testing.T) {
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		var calls atomic.Int64
		o := mode(shell("exit 6"))
		o.Release = func() error { calls.Add(1); return nil }
		h := start(t, o)
		var callers sync.WaitGroup
		for i := range 8 {
			callers.Go(func() {
				if i%2 == 0 {
					eventually(t, "reaped", func() bool { ok, err := ReapNonblock(h); return ok && err == nil })
				}
				if exit, err := Reap(h); err != nil || exit.Code != 6 || calls.Load() != 1 {
					t.Errorf("reap = %v, %v, %d releases", exit, err, calls.Load())
				}
			})
		}
		callers.Wait()
	})
}

// Statement 7: a leader that somebody else reaped is no error, and nothing is
// signalled for it.
func TestLifecycle7_ReapedBySomebodyElse(t *testing.T) {
	h := start(t, inner(shell("exit 0")))
	<-h.Exited()
	if _, err := syscall.Wait4(h.PID, nil, 0, nil); err != nil {
		t.Fatal(err)
	}
	watchKills(t, func(pid int, _ syscall.Signal) { t.Errorf("a signal to %d", pid) })
	exit, err := Terminate(h, patience)
	if err != nil || exit.Code != -1 || exit.Signal != 0 || isListed(h) {
		t.Errorf("terminate = %+v, %v, listed %v", exit, err, isListed(h))
	}
}

func TestExitHasTheUsage(t *testing.T) {
	h := start(t, inner(shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done")))
	exit, err := Reap(h)
	if err != nil || exit.CPU <= 0 || exit.CPU > patience || exit.MaxRSS < 100<<10 || exit.MaxRSS > 100<<20 {
		t.Errorf("exit = %+v, %v", exit, err)
	}
}
