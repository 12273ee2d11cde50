package supervisor

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The tests start real processes: this test binary again, as one of the
// programs in programs, or a shell. Each of them ends by itself after
// helperLife, should a test fail to end it.

const (
	helperVariable = "SUPERVISOR_TEST_HELPER"
	helperLife     = 30 * time.Second
	// patience is the deadline of everything that has to happen.
	patience = 10 * time.Second
)

var programs = map[string]func(args []string){
	"family": family, "kid": kid, "parent": parentThatDies,
	"reaper": reaper, "runner": runner, "worker": worker,
	"trapper": trapper, "pauser": pauser, "alone": alone, "coreless": coreless,
}

func TestMain(m *testing.M) {
	name, ok := os.LookupEnv(helperVariable)
	if !ok {
		os.Exit(m.Run())
	}
	time.AfterFunc(helperLife, func() { os.Exit(99) })
	programs[name](os.Args[1:])
}

// helper are the Options that start one of programs.
func helper(name string, args ...string) Options {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, helperVariable+"=") })
	// The race detector's exit sleeps for a second, unless told otherwise.
	env = append(env, helperVariable+"="+name, "GORACE=atexit_sleep_ms=0")
	return Options{Path: self, Args: args, Env: env}
}

// shell are the Options that run a script.
func shell(script string) Options {
	return Options{Path: "/bin/sh", Args: []string{"-c", script}}
}

// inner is o in its own group from the start.
func inner(o Options) Options {
	o.IsolateInChild = true
	return o
}

// bothModes runs a test for inner and for outer children.
func bothModes(t *testing.T, test func(t *testing.T, mode func(Options) Options)) {
	t.Run("inner", func(t *testing.T) { test(t, inner) })
	t.Run("outer", func(t *testing.T) { test(t, func(o Options) Options { return o }) })
}

// start is Spawn for those who expect no error. It ends the child, if the
// test has not done so, when the test ends.
func start(t testing.TB, o Options) *Handle {
	t.Helper()
	h, err := Spawn(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, done := h.Exit(); !done {
			_, _ = Terminate(h, 0)
		}
	})
	return h
}

// pipe is os.Pipe for those who expect no error; both ends are closed at the
// end of the test.
func pipe(t testing.TB) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

// talk starts o with its standard output in a pipe and returns its lines.
func talk(t testing.TB, o Options) (*Handle, *bufio.Reader) {
	t.Helper()
	r, w := pipe(t)
	o.Stdout = w
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
	h := start(t, o)
	_ = w.Close()
	if err := r.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return h, bufio.NewReader(r)
}

// line reads one line.
func line(t testing.TB, r *bufio.Reader) string {
	t.Helper()
	s, err := r.ReadString('\n')
	if err != nil {
		t.Fatalf("read a line: %q, %v", s, err)
	}
	return strings.TrimSpace(s)
}

// expect reads one line that must be want.
func expect(t testing.TB, r *bufio.Reader, want string) {
	t.Helper()
	if got := line(t, r); got != want {
		t.Fatalf("helper says %q, want %q", got, want)
	}
}

// liveness is a pipe whose write end is handed to every process of a tree:
// its end proves that all of them are dead, zombies being no problem.
type liveness struct{ r, w *os.File }

func newLiveness(t testing.TB) liveness {
	r, w := pipe(t)
	return liveness{r, w}
}

// dead fails the test if somebody still holds the pipe after limit.
func (l liveness) dead(t testing.TB, limit time.Duration) {
	t.Helper()
	_ = l.w.Close()
	_ = l.r.SetReadDeadline(time.Now().Add(limit))
	if _, err := io.Copy(io.Discard, l.r); err != nil {
		t.Fatalf("somebody is alive after %v: %v", limit, err)
	}
}

// alive fails the test if nobody holds the pipe any more. Call it last.
func (l liveness) alive(t testing.TB) {
	t.Helper()
	_ = l.w.Close()
	_ = l.r.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, err := io.Copy(io.Discard, l.r); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("everybody is dead: %v", err)
	}
}

// eventually asks until yes, for patience at most.
func eventually(t testing.TB, what string, yes func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !yes(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within %v: %s", patience, what)
		}
	}
}

// within runs f and fails the test if it takes longer than limit.
func within(t testing.TB, limit time.Duration, f func()) {
	t.Helper()
	begin := time.Now()
	f()
	if took := time.Since(begin); took > limit {
		t.Errorf("took %v, limit %v", took, limit)
	}
}

// isListed reports whether the registry has a handle.
func isListed(h *Handle) bool { return slices.Contains(Registry(), h) }

// say is a helper's way to tell its test something.
func say(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// must ends a helper that cannot do its work.
func must[T any](v T, err error) T {
	if err != nil {
		say("helper: %v", err)
		os.Exit(98)
	}
	return v
}

// signalled fails the test unless a signal ended the child.
func signalled(t testing.TB, e Exit, want syscall.Signal) {
	t.Helper()
	if e.Signal != want || e.Code != -1 {
		t.Errorf("exit = %+v, want death by %v", e, want)
	}
}
