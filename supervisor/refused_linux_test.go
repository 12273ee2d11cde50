package supervisor

import (
	"errors"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"
)

// kills lets answer say what becomes of every signal; it may send it by real.
func kills(t *testing.T, answer func(real func() error, pid int) error) {
	real := sysKill
	sysKill = func(pid int, sig syscall.Signal) error {
		return answer(func() error { return real(pid, sig) }, pid)
	}
	t.Cleanup(func() { sysKill = real })
}

func TestSignalGroupTriesTheLeaderAndTells(t *testing.T) {
	h := start(t, inner(shell("sleep 30")))
	for _, test := range []struct{ answer, want error }{{syscall.EPERM, syscall.EPERM}, {syscall.ESRCH, nil}} {
		t.Run(test.answer.Error(), func(t *testing.T) {
			var targets []int
			kills(t, func(_ func() error, pid int) error { targets = append(targets, pid); return test.answer })
			if err := SignalGroup(syscall.SIGTERM, h); !errors.Is(err, test.want) {
				t.Errorf("signal group = %v, want %v", err, test.want)
			}
			if want := []int{-h.PID, h.PID}; !slices.Equal(targets, want) {
				t.Errorf("tried %v, want %v", targets, want)
			}
		})
	}
}

// unkillable makes every signal an empty word until the returned function is called.
func unkillable(t *testing.T) (end func()) {
	real := sysKill
	sysKill = func(int, syscall.Signal) error { return nil }
	end = func() { sysKill = real }
	t.Cleanup(end)
	return end
}

// A child that KILL does not end stays registered, and is ended when that is possible.
func TestTerminateGivesUp(t *testing.T) {
	limit := killLimit
	killLimit = 20 * time.Millisecond
	defer func() { killLimit = limit }()
	released := false
	o := inner(shell("sleep 30"))
	o.Release = func() error { released = true; return nil }
	h := start(t, o)
	end := unkillable(t)
	if exit, err := Terminate(h, 0); !errors.Is(err, ErrUnkillable) || exit.Code != -1 || !isListed(h) || released {
		t.Errorf("terminate = %v, %v, listed %v, released %v", exit, err, isListed(h), released)
	}
	within(t, patience/2, KillAndReapAll)
	if !isListed(h) || released {
		t.Errorf("listed %v, released %v", isListed(h), released)
	}
	end()
	killLimit = limit
	if exit, err := Terminate(h, 0); err != nil || exit.Signal != syscall.SIGTERM && exit.Signal != syscall.SIGKILL || !released {
		t.Errorf("terminate = %v, %v, released %v", exit, err, released)
	}
}

// One stray is dead and one does not die: the error counts those that are left.
func TestReapStraysGivesUp(t *testing.T) {
	dead, alive := start(t, inner(shell("exit 0"))), start(t, inner(shell("sleep 30")))
	<-dead.Exited()
	Unregister(dead.PID)
	Unregister(alive.PID)
	end := unkillable(t)
	killed, err := ReapStrays(-time.Second)
	if want := "reap strays: 1 of them, process "; killed != 1 || !errors.Is(err, ErrUnkillable) || err.Error()[:len(want)] != want {
		t.Errorf("reap strays = %d, %v, want 1 and %q", killed, err, want)
	}
	end()
	if killed, err := ReapStrays(patience); killed != 1 || err != nil {
		t.Errorf("reap strays = %d, %v", killed, err)
	}
}

// A stray in the group of a registered child dies, and the group does not.
func TestLifecycle4_StrayInARegisteredGroup(t *testing.T) {
	h := start(t, inner(shell("sleep 30")))
	p, err := os.StartProcess("/bin/sh", []string{"sh", "-c", "sleep 30"}, &os.ProcAttr{Sys: &syscall.SysProcAttr{Setpgid: true, Pgid: h.PGID}})
	if err != nil {
		t.Fatal(err)
	}
	if killed, err := ReapStrays(patience); killed != 1 || err != nil {
		t.Errorf("reap strays = %d, %v", killed, err)
	}
	isGone(t, p.Pid)
	if h.ExitsWithin(100 * time.Millisecond) {
		t.Error("the registered child is dead")
	}
}

// AdoptGroup ends the group and whatever other stray there is.
func TestLifecycle21_AdoptGroupEndsAllStrays(t *testing.T) {
	one, other := start(t, inner(shell("sleep 30"))), start(t, inner(shell("sleep 30")))
	Unregister(one.PID)
	Unregister(other.PID)
	if err := AdoptGroup(one.PGID); err != nil {
		t.Error(err)
	}
	isGone(t, one.PID)
	isGone(t, other.PID)
}

func TestKillOrphansKillsOnlyOrphans(t *testing.T) {
	orphan, owned := start(t, inner(shell("sleep 30"))), start(t, inner(shell("sleep 30")))
	Unregister(orphan.PID)
	defer Register(orphan)
	watchKills(t, func(pid int, _ syscall.Signal) {
		if pid == owned.PID || pid == -owned.PID {
			t.Errorf("a signal to %d, which is registered", pid)
		}
	})
	for _, h := range []*Handle{owned, orphan} {
		if err := killOrphans(h.PGID); err != nil {
			t.Error(err)
		}
	}
	<-orphan.Exited()
}

// What kills at once does not wait for those who are starting children, and keeps
// others from starting more.
func TestKillAtOnce(t *testing.T) {
	defer ResetForChild()
	longer(t, &secondLimit)
	h := start(t, inner(shell("sleep 30")))
	heard := make(chan os.Signal, 1)
	heard <- syscall.SIGINT
	startLock.Lock()
	within(t, patience/2, func() { killAtOnce(heard) })
	<-h.Exited()
	startLock.Unlock()
	eventually(t, "reaped", func() bool { _, done := h.Exit(); return done })
	if _, err := Spawn(inner(shell("exit 0"))); !errors.Is(err, ErrShuttingDown) {
		t.Errorf("spawn = %v, want ErrShuttingDown", err)
	}
	within(t, patience/2, func() { killAtOnce(nil) })
}

// What looks at signals by a clone says nothing when it may not make one.
func TestProbeInAShutdown(t *testing.T) {
	Shutdown()
	defer ResetForChild()
	if survivesProbe(syscall.SIGTERM) {
		t.Error("a clone that was not made survived")
	}
}

// A name may look like the fields that follow it.
func TestParentOfAnyName(t *testing.T) {
	if got := parentOf(1 << 23); got != 0 {
		t.Errorf("the parent of nobody is %d", got)
	}
	o := helper("family", "wait")
	link := t.TempDir() + "/a) S 7 (b"
	if err := os.Symlink(o.Path, link); err != nil {
		t.Fatal(err)
	}
	o.Path = link
	h, out := talk(t, inner(o))
	expect(t, out, "ready")
	if got := parentOf(h.PID); got != os.Getpid() {
		t.Errorf("its parent is %d, want %d", got, os.Getpid())
	}
}
