package supervisor

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// longer makes a limit far longer than what a test allows, so that what waits
// for it in vain fails.
func longer(t *testing.T, limit *time.Duration) {
	old := *limit
	*limit = patience
	t.Cleanup(func() { *limit = old })
}

func TestIsStopped(t *testing.T) {
	h := start(t, inner(shell("sleep 30")))
	within(t, patience/2, func() {
		if isStopped(h.PID) {
			t.Error("a running child is stopped")
		}
	})
	if err := Kill(h.PID, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the news is left for others
		eventually(t, "stopped", func() bool { return isStopped(h.PID) })
	}
	if err := Kill(h.PID, syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	eventually(t, "running", func() bool { return !isStopped(h.PID) })
	if err := Kill(h.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-h.Exited()
	if isStopped(h.PID) || isStopped(os.Getpid()) {
		t.Error("a dead child or no child is stopped")
	}
}

func TestAwaitAllAsksWhoRuns(t *testing.T) {
	longer(t, &stopLimit)
	dead, first, second := start(t, inner(shell("exit 0"))), start(t, inner(shell("sleep 30"))), start(t, inner(shell("sleep 30")))
	<-dead.Exited()
	asked := map[*Handle]int{}
	within(t, patience/2, func() {
		awaitAll([]*Handle{dead, first, second}, func(h *Handle) bool { asked[h]++; return asked[h] == 3 })
	})
	if asked[dead] != 0 || asked[first] != 3 || asked[second] != 3 {
		t.Errorf("asked %d, %d and %d times, want 0, 3 and 3", asked[dead], asked[first], asked[second])
	}
}

func TestAwaitAllGivesUp(t *testing.T) {
	limit := stopLimit
	stopLimit = 20 * time.Millisecond
	defer func() { stopLimit = limit }()
	h := start(t, inner(shell("sleep 30")))
	begin := time.Now()
	within(t, patience/2, func() { awaitAll([]*Handle{h}, func(*Handle) bool { return false }) })
	if took := time.Since(begin); took < stopLimit {
		t.Errorf("gave up after %v", took)
	}
}

func TestForgetSignal(t *testing.T) {
	heard := make(chan os.Signal, 1)
	heard <- syscall.SIGCONT
	if !forgetSignal(heard) || len(heard) != 0 || forgetSignal(heard) {
		t.Error("one signal has arrived, and it is forgotten once")
	}
}

// pausing runs pause in this process, which only pretends to stop: stops gets the
// states that the children are in when it would, and refuse makes that fail.
// Beside it, sent lists all signals to others.
func pausing(t *testing.T, refuse error, all ...*Handle) (stops <-chan string, continued chan os.Signal, sent func() []string, paused <-chan time.Duration) {
	longer(t, &stopLimit)
	stood, result := make(chan string, 10), make(chan time.Duration, 1)
	var lock sync.Mutex
	var list []string
	real := sysKill
	sysKill = func(pid int, sig syscall.Signal) error {
		lock.Lock()
		defer lock.Unlock()
		if pid == os.Getpid() {
			var letters string
			for _, h := range all {
				letters += state(h.PID)
			}
			stood <- letters
			return refuse
		}
		list = append(list, fmt.Sprintf("%d %v", pid, sig))
		return real(pid, sig)
	}
	t.Cleanup(func() { sysKill = real })
	continued = make(chan os.Signal, 1)
	var pauser sync.WaitGroup
	pauser.Go(func() { result <- pause(continued) })
	t.Cleanup(func() { // it holds the start lock
		select {
		case continued <- syscall.SIGCONT:
		default:
		}
		pauser.Wait()
	})
	return stood, continued, func() []string { lock.Lock(); defer lock.Unlock(); return slices.Clone(list) }, result
}

// told waits for a value.
func told[T any](t *testing.T, what string, from <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(patience):
		t.Fatalf("not within %v: %s", patience, what)
	}
	return v
}

// Everybody stands still before this process stops, outer children having been
// asked to, and everybody goes on when it does.
func TestLifecycle24_PauseInItsOrder(t *testing.T) {
	door, key := pipe(t)
	o := shell(`trap 'echo stopping; read nothing <&3; kill -STOP $$' TSTP; echo ready; while :; do :; done`)
	o.ExtraFiles = []*os.File{door}
	slow, out := talk(t, o)
	expect(t, out, "ready")
	// Not a shell that forks: while it waits for the execve of a child that was
	// stopped before that, it does not stop.
	sleep := inner(Options{Path: "/bin/sleep", Args: []string{"30"}})
	first, last := start(t, sleep), start(t, sleep)
	stops, continued, sent, paused := pausing(t, nil, slow, first, last)
	expect(t, out, "stopping")
	begin := time.Now()
	_ = key.Close()
	if got := told(t, "it stops", stops); got != "TTT" {
		t.Errorf("it stops when its children are %s", got)
	}
	stood := time.Since(begin)
	want := []string{fmt.Sprint(-slow.PID, " stopped"), fmt.Sprint(-first.PID, " stopped (signal)"), fmt.Sprint(-last.PID, " stopped (signal)")}
	if got := sent(); !slices.Equal(got, want) {
		t.Errorf("sent %v, want %v", got, want)
	}
	if len(paused) > 0 {
		t.Error("it went on before it was continued")
	}
	continued <- syscall.SIGCONT
	if d := told(t, "it goes on", paused); d < stood || d > patience/2 {
		t.Errorf("paused for %v, %v of them with all its children", d, stood)
	}
	for _, h := range []*Handle{first, slow, last} {
		if isStopped(h.PID) {
			t.Errorf("child %d is stopped", h.PID)
		}
	}
}

// A process that may not stop itself does not wait for the end of that.
func TestLifecycle24_PauseThatIsRefused(t *testing.T) {
	stops, _, _, paused := pausing(t, syscall.EPERM)
	told(t, "it tries", stops)
	told(t, "it goes on", paused)
}

// CONT before this process has stopped: it does not.
func TestLifecycle24_PauseThatIsOverAlready(t *testing.T) {
	h, out := talk(t, shell(`trap '' TSTP; echo ready; while :; do sleep 0.01; done`))
	expect(t, out, "ready")
	stops, continued, sent, paused := pausing(t, nil)
	eventually(t, "the child is asked", func() bool { return len(sent()) == 1 })
	continued <- syscall.SIGCONT
	if err := Kill(h.PID, syscall.SIGSTOP); err != nil { // the last that it waits for
		t.Fatal(err)
	}
	told(t, "it goes on", paused)
	if len(stops) > 0 {
		t.Error("it stopped")
	}
}

// The trap's end is no reason to stop.
func TestTrapStopStops(t *testing.T) {
	stop := TrapStop(func(time.Duration) { t.Error("paused") })
	within(t, time.Second, stop)
}

// An earlier stop, of which nobody was told, does not count for this one.
func TestLifecycle24_StopAfterAnotherStop(t *testing.T) {
	in, _ := pipe(t)
	o := helper("pauser", "0")
	o.ExtraFiles = []*os.File{in}
	h, out := talk(t, o)
	if pids := strings.Fields(line(t, out)); len(pids) != 2 {
		t.Fatalf("pids = %v", pids)
	}
	for _, step := range []struct {
		sig  syscall.Signal
		want string
	}{{syscall.SIGSTOP, "T"}, {syscall.SIGCONT, "S"}, {syscall.SIGTSTP, "T"}, {syscall.SIGCONT, "S"}} {
		if err := sysKill(h.PID, step.sig); err != nil {
			t.Fatal(err)
		}
		eventually(t, fmt.Sprintf("%s after %v", step.want, step.sig), func() bool { return state(h.PID) == step.want })
	}
}

// Without a signal to hear none is heard.
func TestListenToNothing(t *testing.T) {
	heard := 0
	stop := listen(nil, func(signals <-chan os.Signal, done <-chan struct{}) {
		<-done
		heard = len(signals)
	})
	other := listen([]os.Signal{syscall.SIGWINCH}, func(signals <-chan os.Signal, done <-chan struct{}) {
		_, _ = next(signals, done)
	})
	if err := Kill(os.Getpid(), syscall.SIGWINCH); err != nil {
		t.Fatal(err)
	}
	other()
	stop()
	if heard > 0 {
		t.Errorf("%d signals were heard", heard)
	}
}
