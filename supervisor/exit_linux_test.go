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

// A short life costs no goroutine and leaves no descriptor.
func TestExitsWithinLeavesNothing(t *testing.T) {
	goroutines, files := runtime.NumGoroutine(), descriptors(t)
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
	if n := descriptors(t); n > files {
		t.Errorf("%d descriptors, before %d", n, files)
	}
}

// descriptors is how many this process has.
func descriptors(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}
