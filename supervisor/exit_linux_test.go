package supervisor

import (
	"os"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// withoutPidfd makes the kernel an old one.
func withoutPidfd(t *testing.T) {
	real := pidfdOpen
	pidfdOpen = func(int, int) (int, error) { return -1, unix.EINVAL }
	t.Cleanup(func() { pidfdOpen = real })
}

// Rule 1: to wait for an exit is not to reap; and all kernels tell the same.
func TestLifecycle1_ExitsWithin(t *testing.T) {
	for _, old := range []bool{false, true} {
		t.Run(map[bool]string{false: "pidfd", true: "waitid"}[old], func(t *testing.T) {
			if old {
				withoutPidfd(t)
			}
			key, wait, err := pipeFor(t)
			if err != nil {
				t.Fatal(err)
			}
			o := inner(shell("read line"))
			o.Stdin = wait
			h := start(t, o)
			before := time.Now()
			if h.ExitsWithin(30*time.Millisecond) || time.Since(before) < 30*time.Millisecond {
				t.Error("it has not exited, or the time was not up")
			}
			if _, err := key.WriteString("go\n"); err != nil {
				t.Fatal(err)
			}
			if !h.ExitsWithin(patience) || state(h.PID) != "Z" || !isListed(h) {
				t.Error("it has exited, and is there, as a zombie")
			}
			if !h.ExitsWithin(0) {
				t.Error("an exit is not forgotten")
			}
			if done, err := ReapNonblock(h); !done || err != nil {
				t.Errorf("reap = %v, %v", done, err)
			}
			if !h.ExitsWithin(0) {
				t.Error("nor when it is reaped")
			}
			<-h.Exited()
		})
	}
}

func pipeFor(t *testing.T) (key, wait *os.File, err error) {
	wait, key, err = os.Pipe()
	t.Cleanup(func() { _, _ = wait.Close(), key.Close() })
	return key, wait, err
}

// The runtime cannot wait for every descriptor: then a thread waits.
func TestExitOfADescriptorWithoutEvents(t *testing.T) {
	if _, _, err := pipeFor(t); err != nil { // the runtime opens what it needs for all
		t.Fatal(err)
	}
	real := pidfdOpen
	defer func() { pidfdOpen = real }()
	pidfdOpen = func(int, int) (int, error) {
		return unix.Open(os.DevNull, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	}
	before := open()
	h := start(t, inner(shell("sleep 0.1")))
	if h.ExitsWithin(time.Millisecond) || !h.ExitsWithin(patience) || state(h.PID) != "Z" {
		t.Error("it exits later")
	}
	if n := open(); n > before {
		t.Errorf("%d descriptors, before %d", n, before)
	}
}

// Rule 1: what was reaped has exited, whoever has its number now.
func TestLifecycle1_ExitsWithinAfterItsNumberIsAnothers(t *testing.T) {
	for _, old := range []bool{false, true} {
		if old {
			withoutPidfd(t)
		}
		gone, other := start(t, inner(shell("exit 0"))), start(t, inner(shell("sleep 30")))
		if !gone.ExitsWithin(patience) {
			t.Fatal("it does not exit")
		}
		if _, err := ReapNonblock(gone); err != nil {
			t.Fatal(err)
		}
		reaped := &Handle{PID: other.PID, PGID: other.PGID, reaped: true}
		if !reaped.ExitsWithin(0) {
			t.Error("it is taken for the other process")
		}
		select {
		case <-reaped.Exited():
		case <-time.After(patience):
			t.Error("the other process is waited for")
		}
	}
}

// Rule 1: who watches a pid is waited for before the pid is free, and nobody begins to
// afterwards.
func TestLifecycle1_NobodyWatchesAFreePid(t *testing.T) {
	h := start(t, inner(shell("exit 0")))
	if !h.ExitsWithin(patience) {
		t.Fatal("it does not exit")
	}
	watched := make(chan struct{})
	h.watch.Do(func() { h.exited = watched })
	reaped := make(chan bool)
	go func() {
		done, _ := ReapNonblock(h)
		reaped <- done
	}()
	select {
	case <-reaped:
		t.Error("reaped under the eyes of its watcher")
	case <-time.After(50 * time.Millisecond):
	}
	close(watched)
	if !<-reaped {
		t.Error("not reaped")
	}
	unwatched := start(t, inner(shell("exit 0")))
	if !unwatched.ExitsWithin(patience) {
		t.Fatal("it does not exit")
	}
	if done, err := ReapNonblock(unwatched); !done || err != nil {
		t.Errorf("reap = %v, %v", done, err)
	}
	unwatched.watch.Do(func() { t.Error("somebody could still begin to watch it") })
	<-unwatched.exited
}

// A short life costs no goroutine and leaves no descriptor.
func TestExitsWithinLeavesNothing(t *testing.T) {
	first := start(t, inner(shell("exit 0"))) // the runtime opens what it needs for all
	if !first.ExitsWithin(patience) {
		t.Fatal("it does not exit")
	}
	goroutines, files := runtime.NumGoroutine(), open()
	for range 20 {
		h := start(t, inner(shell("exit 0")))
		if !h.ExitsWithin(patience) {
			t.Fatal("it does not exit")
		}
		if n := runtime.NumGoroutine(); n > goroutines {
			t.Errorf("%d goroutines, before %d", n, goroutines)
		}
		if _, err := ReapNonblock(h); err != nil {
			t.Error(err)
		}
	}
	if n := open(); n > files {
		t.Errorf("%d descriptors, before %d", n, files)
	}
}
