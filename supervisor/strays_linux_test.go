package supervisor

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Statement 4 and letter b: who left the group dies with the child, too. The
// helper is a subreaper and says after each round what is left.
func TestLifecycle4B_EscapedGrandchildrenDie(t *testing.T) {
	for _, finale := range []string{"exit=0", "exit=3", "wait", "stubborn"} {
		t.Run(finale, func(t *testing.T) {
			l := newLiveness(t)
			o := helper("reaper", "2", finale, "setsid", "setsid+ignore", "setsid+chain", "chain", "setsid+hydra", "group+ignore")
			o.ExtraFiles = []*os.File{l.w}
			h, out := talk(t, o)
			for range 2 {
				if got := line(t, out); !strings.HasSuffix(got, "error=<nil> children=0 removed=true") {
					t.Errorf("left: %s", got)
				}
			}
			l.dead(t, time.Second)
			if exit, err := Reap(h); err != nil || exit.Code != 0 {
				t.Errorf("the helper: %v, %v", exit, err)
			}
		})
	}
}

// Letter l: the sandbox is removed after its writers are dead, in the group
// and escaped, so it stays removed.
func TestLifecycleL_SandboxIsRemovedAfterItsWriters(t *testing.T) {
	l := newLiveness(t)
	o := helper("reaper", "5", "exit=0", "group+ignore+write=DIR", "setsid+ignore+write=DIR", "setsid+write=DIR")
	o.ExtraFiles = []*os.File{l.w}
	_, out := talk(t, o)
	for range 5 {
		expect(t, out, "exit status 0 error=<nil> children=0 removed=true")
	}
	l.dead(t, time.Second)
}

// Statement 4: a child that is being started is no stray, nor is a registered
// one, whatever the looks for strays do meanwhile.
func TestLifecycle4_StartsAreNoStrays(t *testing.T) {
	done := make(chan struct{})
	reaped := make(chan int)
	go func() {
		total := 0
		for {
			select {
			case <-done:
				reaped <- total
				return
			default:
				killed, err := ReapStrays(time.Second)
				if err != nil {
					t.Error(err)
				}
				total += killed
			}
		}
	}()
	for i := range 50 {
		o := shell("exit 7")
		o.IsolateInChild = i%2 == 0
		h := start(t, o)
		if exit, err := Reap(h); err != nil || exit.Code != 7 {
			t.Errorf("reap = %v, %v", exit, err)
		}
	}
	close(done)
	if got := <-reaped; got != 0 {
		t.Errorf("%d strays, want none", got)
	}
}

// A child that nobody registered is a stray, with the group that it leads.
func TestLifecycle4_UnregisteredChildIsAStray(t *testing.T) {
	l := newLiveness(t)
	o := inner(helper("family", "stubborn", "group+ignore"))
	o.ExtraFiles = []*os.File{l.w}
	h, out := talk(t, o)
	expect(t, out, "ready")
	Unregister(h.PID)
	if killed, err := ReapStrays(time.Second); err != nil || killed != 1 {
		t.Errorf("reap strays = %d, %v", killed, err)
	}
	isGone(t, h.PID)
	l.dead(t, time.Second)
}

// Statement 21 and letter a: a worker that must be killed takes its child, the
// child's family and those who escaped from it along.
func TestLifecycle21A_KilledWorkerLeavesNothing(t *testing.T) {
	for _, how := range []string{"terminate", "kill"} {
		t.Run(how, func(t *testing.T) {
			l := newLiveness(t)
			in, w := pipe(t)
			o := helper("runner", "stubborn", "group+ignore", "setsid+ignore", "setsid+chain")
			o.Stdin, o.ExtraFiles = in, []*os.File{l.w}
			_, out := talk(t, o)
			var worker, child int
			if _, err := fmt.Sscan(line(t, out), &worker, &child); err != nil {
				t.Fatal(err)
			}
			if how == "kill" { // from outside, as the OOM killer does
				if err := sysKill(worker, 9); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := fmt.Fprintln(w); err != nil {
				t.Fatal(err)
			}
			expect(t, out, "error=<nil> adopt=<nil> children=0")
			l.dead(t, time.Second)
			isGone(t, worker)
			isGone(t, child)
		})
	}
}

// Statement 21: a number alone is no reason to signal.
func TestLifecycle21_AdoptGroupWantsAnOrphanOfOurs(t *testing.T) {
	h := start(t, inner(shell("sleep 30")))
	if err := AdoptGroup(h.PGID); err == nil {
		t.Error("a registered group was adopted")
	}
	watchKills(t, func(pid int, sig syscall.Signal) { t.Errorf("%v to %d", sig, pid) })
	for _, pgid := range []int{-1, 0, 1, os.Getpid(), os.Getppid(), 1 << 23} {
		if err := AdoptGroup(pgid); err != nil {
			t.Errorf("adopt %d: %v", pgid, err)
		}
	}
	if state(h.PID) == "" {
		t.Error("the registered child is gone")
	}
}

// The two ways to list children agree.
func TestChildrenBothWays(t *testing.T) {
	want := []int{start(t, inner(shell("sleep 30"))).PID, start(t, inner(shell("exit 0"))).PID}
	slices.Sort(want)
	for name, list := range map[string]func(int) ([]int, error){"by thread": children, "by parent": childrenByParent} {
		got, err := list(os.Getpid())
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s = %v, %v, want %v", name, got, err, want)
		}
	}
}
