package supervisor

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func TestLifecycleContract_ChildLeadsItsGroup(t *testing.T) {
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		h, out := talk(t, mode(shell("cut -d' ' -f5 /proc/$$/stat; sleep 30")))
		expect(t, out, strconv.Itoa(h.PID))
		if h.PGID != h.PID || !isListed(h) {
			t.Errorf("pid %d, pgid %d, listed %v", h.PID, h.PGID, isListed(h))
		}
	})
}

// Descriptors 0 to 2 and the extra files, in their order, and nothing else;
// all in blocking mode.
func TestLifecycleContract_ChildHasItsDescriptorsOnly(t *testing.T) {
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		other, err := unix.Dup(1) // not marked close-on-exec, as a worker's own pipes
		if err != nil {
			t.Fatal(err)
		}
		defer unix.Close(other)
		a, aw := pipe(t)
		b, bw := pipe(t)
		// A low number as the source of a high one and the other way round.
		o := mode(shell(`read x <&4; read y <&3; echo $x $y; ls /proc/$$/fd; readlink /proc/$$/fd/0`))
		o.ExtraFiles = []*os.File{b, a, b}
		_, _ = fmt.Fprintln(aw, "first")
		_, _ = fmt.Fprintln(bw, "second")
		h, out := talk(t, o)
		expect(t, out, "first second")
		for _, want := range []string{"0", "1", "2", "3", "4", "5", "/dev/null"} {
			expect(t, out, want)
		}
		if exit, err := Reap(h); err != nil || exit.Code != 0 {
			t.Errorf("reap = %v, %v", exit, err)
		}
	})
}

// Signals are reset and unblocked, whatever this process and this thread did.
func TestLifecycleContract_SignalsAreResetAndUnblocked(t *testing.T) {
	stop := Trap(func(syscall.Signal) {})
	defer stop()
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		defer blockAll(t)()
		_, out := talk(t, mode(Options{Path: "/bin/cat", Args: []string{"/proc/self/status"}}))
		text, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"SigBlk:\t0000000000000000\n", "SigCgt:\t0000000000000000\n"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("status does not contain %q:\n%s", want, text)
			}
		}
	})
}

// blockAll blocks all signals for the thread of the calling goroutine until
// the returned function is called.
func blockAll(t *testing.T) (restore func()) {
	runtime.LockOSThread()
	var all, old unix.Sigset_t
	for i := range all.Val {
		all.Val[i] = ^all.Val[i]
	}
	if err := unix.PthreadSigmask(unix.SIG_SETMASK, &all, &old); err != nil {
		t.Fatal(err)
	}
	return func() {
		_ = unix.PthreadSigmask(unix.SIG_SETMASK, &old, nil)
		runtime.UnlockOSThread()
	}
}

func TestSpawnPassesArgumentsEnvironmentAndDirectory(t *testing.T) {
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		dir, err := filepath.EvalSymlinks(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		o := mode(Options{Path: "/bin/sh", Args: []string{"-c", `echo "$0|$1|$X|$HOME|$(pwd)"`, "zero", "a b"}, Env: []string{"X=0", "X=1"}, Dir: dir})
		_, out := talk(t, o)
		expect(t, out, "zero|a b|1||"+dir)
	})
}

func TestSpawnSaysWhatWentWrong(t *testing.T) {
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain")
	if err := os.WriteFile(plain, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	closed, w := pipe(t)
	_, _ = closed.Close(), w.Close()
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		for name, test := range map[string]struct {
			o    Options
			want error
		}{
			"no program":  {Options{Path: filepath.Join(dir, "none")}, syscall.ENOENT},
			"no right":    {Options{Path: plain}, syscall.EACCES},
			"no dir":      {Options{Path: "/bin/sh", Dir: filepath.Join(dir, "none")}, syscall.ENOENT},
			"zero byte":   {Options{Path: "/bin/sh", Args: []string{"a\x00b"}}, syscall.EINVAL},
			"closed file": {Options{Path: "/bin/sh", Stdin: closed}, os.ErrClosed},
			"nil file":    {Options{Path: "/bin/sh", ExtraFiles: []*os.File{nil}}, nil},
		} {
			h, err := Spawn(mode(test.o))
			if err == nil || h != nil || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("%s: %v, %v", name, h, err)
			}
		}
		if left, err := children(os.Getpid()); err != nil || len(left) > 0 || len(Registry()) > 0 {
			t.Errorf("left: children %v, registry %v, %v", left, Registry(), err)
		}
	})
}

// OwnGroup makes a process leader of its group, whatever it was.
func TestOwnGroup(t *testing.T) {
	alone := helper("alone")
	_, out := talk(t, inner(alone))
	expect(t, out, "leader=true then=true")
	member := inner(alone)
	member.Path, member.Args = "/bin/sh", []string{"-c", `"$0"; exit`, alone.Path}
	_, out = talk(t, member)
	expect(t, out, "leader=false then=true")
}

// Statement 23, as far as it is this package's: nothing grows by child.
func TestLifecycle23_NoGrowth(t *testing.T) {
	run := func(n int) (fds, left int) {
		for i := range n {
			o := shell("exit 0")
			o.IsolateInChild = i%2 == 0
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			o.Stdout, o.Files = w, []*os.File{r, w}
			if _, err := Reap(start(t, o)); err != nil {
				t.Fatal(err)
			}
		}
		list, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		alive, err := children(os.Getpid())
		if err != nil {
			t.Fatal(err)
		}
		return len(list), len(alive) + len(Registry())
	}
	fds, _ := run(10)
	goroutines := runtime.NumGoroutine()
	more, left := run(100)
	if more > fds || left > 0 {
		t.Errorf("descriptors %d then %d, %d children left", fds, more, left)
	}
	// The last watcher has told of its child's exit and may be about to end.
	eventually(t, "no more goroutines", func() bool { return runtime.NumGoroutine() <= goroutines })
}
