package supervisor

import (
	"errors"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"
)

// The end of one child leaves the others registered.
func TestLifecycleContract_ReapForgetsOne(t *testing.T) {
	before, h, after := start(t, inner(shell("sleep 30"))), start(t, inner(shell("exit 0"))), start(t, inner(shell("sleep 30")))
	if _, err := Reap(h); err != nil {
		t.Error(err)
	}
	if !isListed(before) || isListed(h) || !isListed(after) {
		t.Errorf("listed: %v, %v, %v", isListed(before), isListed(h), isListed(after))
	}
}

// A process that is no subreaper adopts nobody: children of its own making are no
// strays that the end of another child would sweep.
func TestLifecycle4_OnlySubreapersSweep(t *testing.T) {
	p, err := os.StartProcess("/bin/sleep", []string{"sleep", "30"}, &os.ProcAttr{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Reap(start(t, inner(shell("exit 0")))); err != nil {
		t.Error(err)
	}
	if peek(p.Pid) != running {
		t.Errorf("its state is %q", state(p.Pid))
	}
	if err := p.Kill(); err != nil {
		t.Error(err)
	}
	_, _ = p.Wait()
}

// Each of the three standard descriptors may be left out.
func TestMissingStandardDescriptors(t *testing.T) {
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		in, _ := pipe(t)
		for missing := range 3 {
			r, w := pipe(t)
			files := [3]*os.File{in, w, w}
			files[missing] = nil
			o := mode(shell(`for i in 0 1 2; do if [ /dev/null -ef /proc/self/fd/$i ]; then echo $i >&3; fi; done`))
			o.Stdin, o.Stdout, o.Stderr, o.ExtraFiles = files[0], files[1], files[2], []*os.File{w}
			if exit, err := Reap(start(t, o)); err != nil || exit.Code != 0 {
				t.Errorf("without %d: %v, %v", missing, exit, err)
			}
			_ = w.Close()
			said := make([]byte, 10)
			if n, _ := r.Read(said); string(said[:n]) != string(rune('0'+missing))+"\n" {
				t.Errorf("without %d the null device is %q", missing, said[:n])
			}
		}
	})
}

func TestRetry(t *testing.T) {
	answers := []error{syscall.EINTR, syscall.EINTR, syscall.EPERM, nil}
	calls := 0
	call := func() error { calls++; return answers[calls-1] }
	if err := retry(call); !errors.Is(err, syscall.EPERM) || calls != 3 {
		t.Errorf("retry = %v after %d calls", err, calls)
	}
	if err := retry(call); err != nil || calls != 4 {
		t.Errorf("retry = %v after %d calls", err, calls)
	}
}

func TestExitOf(t *testing.T) {
	usage := &syscall.Rusage{Utime: syscall.Timeval{Sec: 3, Usec: 5}, Stime: syscall.Timeval{Sec: 1, Usec: 2}, Maxrss: 7}
	want := Exit{Code: 2, MaxRSS: 7 << 10, CPU: 4*time.Second + 7*time.Microsecond}
	if got := exitOf(2<<8, usage); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	want.Code, want.Signal = -1, syscall.SIGTERM
	if got := exitOf(syscall.WaitStatus(syscall.SIGTERM), usage); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Of several values for one name the last counts, and the order stays.
func TestEnviron(t *testing.T) {
	o := Options{Env: []string{"A=1", "B=2", "A=3", "C=", "B", "A=4"}}
	if got, want := o.environ(), []string{"C=", "B", "A=4"}; !slices.Equal(got, want) {
		t.Errorf("environment %q, want %q", got, want)
	}
}

// One look is enough for all that are dead, and one is enough to kill all others.
func TestOneLookAtSeveralStrays(t *testing.T) {
	for range 2 {
		h := start(t, inner(shell("exit 0")))
		<-h.Exited()
		Unregister(h.PID)
	}
	if killed, err := ReapStrays(-time.Second); killed != 2 || err != nil {
		t.Errorf("reap strays = %d, %v", killed, err)
	}
	one, other := start(t, inner(shell("sleep 30"))), start(t, inner(shell("sleep 30")))
	Unregister(one.PID)
	Unregister(other.PID)
	if found, _, err := strayPass(); len(found) != 2 || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
	<-one.Exited()
	<-other.Exited()
}
