package supervisor

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Only the parent moves an outer child: when the hook runs the child is
// registered and moved, but still a copy of this process that has not exec'd.
func TestLifecycleContract_OuterIsHeldUntilRegisteredAndMoved(t *testing.T) {
	var seen []string
	OnSpawn(func(h *Handle) {
		exe, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", h.PID))
		self, _ := os.Executable()
		seen = append(seen, fmt.Sprint(isListed(h), group(h.PID) == strconv.Itoa(h.PID), exe == self))
	})
	defer OnSpawn(nil)
	h := start(t, shell("exit 0"))
	if _, err := Reap(h); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(seen, []string{"true true true"}) {
		t.Errorf("registered, moved, not exec'd = %v", seen)
	}
}

// Seen from outside, at any moment: a child of ours that leads a group and is
// alive is in the registry. (Asked in this order; the registry may learn of a
// child earlier, never later.)
func TestLifecycleContract_NoGroupLeaderIsUnregistered(t *testing.T) {
	var done atomic.Bool
	var spawner sync.WaitGroup
	spawner.Go(func() {
		defer done.Store(true)
		for range 40 {
			if _, err := Reap(start(t, shell("exit 0"))); err != nil {
				t.Error(err)
			}
		}
	})
	defer spawner.Wait()
	for looks := 0; !done.Load(); looks++ {
		list, err := children(os.Getpid())
		if err != nil {
			t.Fatal(err)
		}
		for _, pid := range list {
			if group(pid) == strconv.Itoa(pid) && !isRegistered(pid) && state(pid) != "" {
				t.Fatalf("child %d leads a group and is not registered", pid)
			}
		}
	}
}

// A held child keeps nothing open but what is its own: a pipe that this
// process has at that moment ends when this process closes it.
func TestLifecycleContract_HeldChildHoldsNoOtherPipe(t *testing.T) {
	held, goOn := make(chan struct{}), make(chan struct{})
	OnSpawn(func(*Handle) { close(held); <-goOn })
	defer OnSpawn(nil)
	var spawner sync.WaitGroup
	r, w := pipe(t)
	spawner.Go(func() {
		if _, err := Reap(start(t, shell("exit 0"))); err != nil {
			t.Error(err)
		}
	})
	<-held
	_ = w.Close()
	_ = r.SetReadDeadline(time.Now().Add(patience))
	if _, err := r.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("read = %v, want EOF", err)
	}
	close(goOn)
	spawner.Wait()
}

// Without close_range the held child closes one by one.
func TestLifecycleContract_HeldChildOnOldKernels(t *testing.T) {
	works := closeRangeWorks
	closeRangeWorks = func() bool { return false }
	defer func() { closeRangeWorks = works }()
	TestLifecycleContract_HeldChildHoldsNoOtherPipe(t)
	TestLifecycleContract_ChildHasItsDescriptorsOnly(t)
}

// A parent that dies while it holds a child takes the child with it, unrun.
func TestLifecycleContract_HeldChildDiesWithItsParent(t *testing.T) {
	l := newLiveness(t)
	r, w := pipe(t)
	o := helper("parent")
	o.Stdout, o.ExtraFiles = w, []*os.File{l.w}
	h := start(t, o)
	_ = w.Close()
	exit, err := Reap(h)
	if err != nil {
		t.Fatal(err)
	}
	signalled(t, exit, syscall.SIGKILL)
	l.dead(t, patience)
	if text, err := io.ReadAll(r); err != nil || len(text) > 0 {
		t.Errorf("the held child ran: %q, %v", text, err)
	}
}

// Spawning while the heap is busy and the collector runs: the clone must not
// depend on anything that moves meanwhile.
func TestLifecycleContract_GateUnderAllocation(t *testing.T) {
	var done atomic.Bool
	var noise sync.WaitGroup
	noise.Go(func() {
		for keep := [][]byte(nil); !done.Load(); {
			keep = append(keep, make([]byte, 1<<12))
			if len(keep) > 1000 {
				keep = nil
				runtime.GC()
			}
		}
	})
	for range 30 {
		if exit, err := Reap(start(t, shell("exit 7"))); err != nil || exit.Code != 7 {
			t.Fatalf("reap = %v, %v", exit, err)
		}
	}
	done.Store(true)
	noise.Wait()
}

// A held child that somebody stops does not stop Spawn for ever.
func TestLifecycle5_StoppedStartIsGivenUp(t *testing.T) {
	limit := startLimit
	startLimit = 100 * time.Millisecond
	OnSpawn(func(h *Handle) { _ = Kill(h.PID, syscall.SIGSTOP) })
	defer func() { startLimit = limit; OnSpawn(nil) }()
	released := false
	o := shell("exit 0")
	o.Release = func() error { released = true; return nil }
	within(t, patience, func() {
		if h, err := Spawn(o); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("spawn = %v, %v", h, err)
		}
	})
	if left, err := children(os.Getpid()); err != nil || len(left) > 0 || !released || len(Registry()) > 0 {
		t.Errorf("children %v, %v, released %v, registry %v", left, err, released, Registry())
	}
}
