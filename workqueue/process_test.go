package workqueue

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/evilution-go/evilution-go/supervisor"
)

// descriptors lets this process have no descriptor with the number most or above,
// until the returned function is called.
func descriptors(t *testing.T, most int) (restore func()) {
	t.Helper()
	var old unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	few := old
	few.Cur = uint64(most)
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &few); err != nil {
		t.Fatal(err)
	}
	restore = func() { _ = unix.Setrlimit(unix.RLIMIT_NOFILE, &old) }
	t.Cleanup(restore)
	return restore
}

// unused lists the first n numbers that no descriptor has.
func unused(n int) (list []int) {
	for fd := 0; len(list) < n; fd++ {
		if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil {
			list = append(list, fd)
		}
	}
	return list
}

// Where the second pipe cannot be made the first one is closed.
func TestNoPipesForAWorker(t *testing.T) {
	ends(t) // the runtime has what it needs for the first pipe
	free := unused(3)
	restore := descriptors(t, free[2]+1)
	err := (&worker{}).spawn(Options{})
	restore()
	if !errors.Is(err, unix.EMFILE) || !strings.HasPrefix(err.Error(), "make pipes: ") {
		t.Errorf("spawn: %v", err)
	}
	if now := unused(3); !slices.Equal(now, free) {
		t.Errorf("descriptors that nobody has: %v, before: %v", now, free)
	}
}

func TestNoNumberToTakeOver(t *testing.T) {
	r, _ := ends(t)
	restore := descriptors(t, lowest)
	f, err := own(r)
	restore()
	if f != nil || !errors.Is(err, unix.EINVAL) {
		t.Errorf("%v, %v", f, err)
	}
	if _, err := own(nil); !errors.Is(err, os.ErrInvalid) {
		t.Errorf("of no file: %v", err)
	}
}

// A process that KILL has not ended in time is given up.
func TestUnkillableWorker(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w := &worker{index: 3, orders: make(chan step, 1)}
	if w.handle, err = supervisor.Spawn(supervisor.Options{Path: self, Env: as("mute")}); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = supervisor.Terminate(w.handle, 0) }()
	w.orders <- stepKill + 1 // what comes when KILL was of no use
	if err := w.await(time.Hour); !errors.Is(err, supervisor.ErrUnkillable) || !strings.HasPrefix(err.Error(), "end worker 3 (process ") {
		t.Errorf("await = %v", err)
	}
}

// No environment is that of this process, as everywhere.
func TestEnvironmentOfAWorker(t *testing.T) {
	t.Setenv("WORKQUEUE_TEST", "inherited")
	w := &worker{index: 3}
	if env := w.environ(nil); !slices.Contains(env, "WORKQUEUE_TEST=inherited") || env[len(env)-1] != Env+"=3" {
		t.Errorf("environ(nil) = %q", env)
	}
	given := append(make([]string, 0, 2), "A=b")
	if env := w.environ(given); !slices.Equal(env, []string{"A=b", Env + "=3"}) || given[:2][1] != "" {
		t.Errorf("environ = %q, and the caller has %q", env, given[:2])
	}
}

// What cannot be written is the worker's fault, unless it is dead: its exit tells more.
func TestWriteToAWorker(t *testing.T) {
	for want, closed := range map[string]func(r, w *os.File) error{
		"":                    func(r, _ *os.File) error { return r.Close() },
		"file already closed": func(_, w *os.File) error { return w.Close() },
	} {
		r, in := ends(t)
		if err := closed(r, in); err != nil {
			t.Fatal(err)
		}
		l, _ := still(t, 1)
		w := l.seat(1, busy)
		w.input = in
		commands := make(chan message, 1)
		commands <- message{Op: opCancel}
		close(commands)
		w.write(l, commands)
		await(t, "the news", l.q.do)()
		if w.step != stepTerm || (w.why == nil) != (want == "") || w.why != nil && !strings.Contains(w.why.Error(), want) {
			t.Errorf("step %v, why %v, want %q", w.step, w.why, want)
		}
	}
}
