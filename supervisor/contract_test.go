package supervisor

import (
	"os"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestLifecycleContract_RegistryIsASnapshot(t *testing.T) {
	defer ResetForChild()
	a, b := &Handle{PID: 1 << 23, PGID: 1 << 23}, &Handle{PID: 1<<23 + 1, PGID: 1<<23 + 1}
	Register(a)
	before := Registry()
	Register(b)
	Unregister(1<<23 + 2) // unknown: changes nothing
	if got := Registry(); !slices.Equal(got, []*Handle{a, b}) {
		t.Errorf("registry = %v", got)
	}
	Unregister(a.PID)
	if got := Registry(); !slices.Equal(got, []*Handle{b}) {
		t.Errorf("after unregister = %v", got)
	}
	if !slices.Equal(before, []*Handle{a}) {
		t.Errorf("an old snapshot changed: %v", before)
	}
	Registry()[0] = nil // the caller's own copy
	if got := Registry(); !slices.Equal(got, []*Handle{b}) {
		t.Errorf("after a caller wrote to its copy: %v", got)
	}
}

func TestLifecycleContract_RegistryUnderLoad(t *testing.T) {
	defer ResetForChild()
	stay := &Handle{PID: 1 << 23, PGID: 1 << 23}
	Register(stay)
	var writers sync.WaitGroup
	for n := range 4 {
		writers.Go(func() {
			for i := range 300 {
				pid := 1<<23 + 1 + n*1000 + i
				Register(&Handle{PID: pid, PGID: pid})
				Unregister(pid)
			}
		})
	}
	done := make(chan struct{})
	go func() { writers.Wait(); close(done) }()
	for open := true; open; {
		select {
		case <-done:
			open = false
		default:
		}
		if !isListed(stay) {
			t.Fatal("a snapshot misses a handle that was always registered")
		}
	}
	if got := Registry(); len(got) != 1 {
		t.Errorf("%d handles are left, want 1", len(got))
	}
}

// Reading the registry must not wait: not for one that holds every lock.
func TestLifecycleContract_RegistryNeverWaits(t *testing.T) {
	startLock.Lock()
	defer startLock.Unlock()
	registryLock.Lock()
	defer registryLock.Unlock()
	within(t, time.Second, func() { Registry() })
}

func TestLifecycleContract_ResetForChild(t *testing.T) {
	h := start(t, inner(shell("sleep 30")))
	Shutdown()
	ResetForChild()
	if got := Registry(); len(got) != 0 {
		t.Errorf("registry = %v, want none", got)
	}
	SignalAll(syscall.SIGKILL)
	KillAndReapAll()
	if ok, _ := ReapNonblock(h); ok {
		t.Error("a child that this process does not own any more was ended")
	}
	again := start(t, inner(shell("exit 0"))) // not shutting down any more
	if exit, err := Reap(again); err != nil || exit.Code != 0 {
		t.Errorf("reap = %v, %v", exit, err)
	}
}

func TestLifecycleContract_SignalAllGoesOn(t *testing.T) {
	first := newLiveness(t)
	o := inner(shell("sleep 30"))
	o.ExtraFiles = []*os.File{first.w}
	before := start(t, o)
	dead := start(t, inner(shell("exit 0")))
	<-dead.Exited()
	ghost := &Handle{PID: 1 << 23, PGID: 1 << 23} // beyond pid_max: no such group
	Register(ghost)
	defer Unregister(ghost.PID)
	after := start(t, o)
	SignalAll(syscall.SIGTERM)
	first.dead(t, patience)
	for _, h := range []*Handle{before, after} {
		exit, err := Reap(h)
		if err != nil {
			t.Error(err)
		}
		signalled(t, exit, syscall.SIGTERM)
	}
}

// "No such process" is no error, nor is a process that was reaped.
func TestLifecycleContract_SignalGroupToleratesTheDead(t *testing.T) {
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		h := start(t, mode(shell("exit 0")))
		<-h.Exited()
		if err := SignalGroup(syscall.SIGTERM, h); err != nil {
			t.Errorf("to a zombie: %v", err)
		}
		if _, err := Reap(h); err != nil {
			t.Fatal(err)
		}
		if err := SignalGroup(syscall.SIGTERM, h); err != nil {
			t.Errorf("to a reaped one: %v", err)
		}
	})
	ghost := &Handle{PID: 1 << 23, PGID: 1 << 23}
	if err := SignalGroup(syscall.SIGTERM, ghost); err != nil {
		t.Errorf("to nobody: %v", err)
	}
}

// The group gets a signal once: to a worker a second TERM means something else.
func TestLifecycleContract_SignalGroupOnceEach(t *testing.T) {
	h, out := talk(t, inner(shell(`trap 'echo term' TERM; trap 'echo usr; exit 0' USR1; exec 2>/dev/null; echo ready; while :; do sleep 0.01; done`)))
	expect(t, out, "ready")
	var targets []int
	watchKills(t, func(pid int, _ syscall.Signal) { targets = append(targets, pid) })
	if err := SignalGroup(syscall.SIGTERM, h); err != nil {
		t.Fatal(err)
	}
	expect(t, out, "term")
	if err := SignalGroup(syscall.SIGUSR1, h); err != nil {
		t.Fatal(err)
	}
	expect(t, out, "usr")
	if want := []int{-h.PID, -h.PID}; !slices.Equal(targets, want) {
		t.Errorf("signals went to %v, want %v", targets, want)
	}
}

// A leader that is not in the group it should have is signalled by its pid, whether
// there is such a group or not.
func TestLifecycleContract_SignalGroupReachesABareLeader(t *testing.T) {
	other := start(t, inner(shell("sleep 30")))
	for name, group := range map[string]int{"no group": 1 << 23, "a group of others": other.PGID} {
		h := start(t, inner(shell("sleep 30")))
		Unregister(h.PID)
		bare := &Handle{PID: h.PID, PGID: group}
		Register(bare)
		if err := SignalGroup(syscall.SIGTERM, bare); err != nil {
			t.Fatal(name, err)
		}
		exit, err := Reap(bare)
		if err != nil {
			t.Fatal(name, err)
		}
		signalled(t, exit, syscall.SIGTERM)
	}
}

// Who was reaped is not signalled, even if somebody else has the pid by now.
func TestLifecycleContract_SignalGroupSparesTheNextOne(t *testing.T) {
	next := start(t, inner(shell("sleep 30")))
	watchKills(t, func(pid int, sig syscall.Signal) { t.Errorf("%v to %d", sig, pid) })
	if err := SignalGroup(syscall.SIGTERM, &Handle{PID: next.PID, PGID: next.PGID, reaped: true}); err != nil {
		t.Error(err)
	}
}

func TestExitInWords(t *testing.T) {
	for want, e := range map[string]Exit{
		"exit status 3": {Code: 3}, "exit status 0": {},
		"signal: killed":      {Code: -1, Signal: syscall.SIGKILL},
		"exit status unknown": {Code: -1},
	} {
		if got := e.String(); got != want {
			t.Errorf("%+v = %q, want %q", e, got, want)
		}
	}
}
