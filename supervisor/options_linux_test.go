package supervisor

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func TestSpawnInheritsTheEnvironment(t *testing.T) {
	t.Setenv("SUPERVISOR_TEST_WORD", "inherited")
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		_, out := talk(t, mode(shell(`echo "$SUPERVISOR_TEST_WORD"`)))
		expect(t, out, "inherited")
	})
}

func TestSpawnNamesWhatIsWrong(t *testing.T) {
	const zero = "a\x00b"
	for want, o := range map[string]Options{
		"extra file 1: is nil":              {Path: "/bin/true", ExtraFiles: []*os.File{os.Stdin, nil}},
		"extra file 0: is nil":              {Path: "/bin/true", ExtraFiles: []*os.File{nil}},
		`path "a\x00b": `:                   {Path: zero},
		"arguments or environment: contain": {Path: "/bin/true", Env: []string{"X=" + zero}},
		`directory "a\x00b": `:              {Path: "/bin/true", Dir: zero},
		"chdir /nowhere: no such file":      {Path: "/bin/true", Dir: "/nowhere"},
		"exec: no such file":                {Path: "/nowhere/true"},
	} {
		if _, err := Spawn(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("spawn = %v, want %q", err, want)
		} else if strings.Contains(fmt.Sprint(o), zero) && !errors.Is(err, syscall.EINVAL) {
			t.Errorf("spawn = %v, want EINVAL", err)
		}
	}
	if _, err := Spawn(Options{Path: "/bin/true", Args: []string{zero}}); !errors.Is(err, syscall.EINVAL) || !strings.Contains(err.Error(), "arguments") {
		t.Errorf("spawn = %v, want EINVAL of the arguments", err)
	}
}

// An error of Release is an error of whatever released.
func TestReleaseErrorsAreTold(t *testing.T) {
	defer func() { _ = RetryReleases() }()
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		fail := errors.New("busy")
		o := mode(shell("exit 0"))
		o.Release = func() error { return fail }
		h := start(t, o)
		<-h.Exited()
		if ok, err := ReapNonblock(h); !ok || !errors.Is(err, fail) {
			t.Errorf("reap = %v, %v", ok, err)
		}
		o.Path = "/nowhere/sh"
		if _, err := Spawn(o); !errors.Is(err, fail) || !errors.Is(err, syscall.ENOENT) {
			t.Errorf("spawn = %v", err)
		}
		o.ExtraFiles = []*os.File{nil}
		if _, err := Spawn(o); !errors.Is(err, fail) {
			t.Errorf("spawn = %v", err)
		}
		fail = nil
	})
}

// Held hears of the child when it is registered and moved. What dies there has
// started, as far as Spawn is concerned.
func TestHeldChildThatDies(t *testing.T) {
	var held *Handle
	o := shell("echo ran")
	o.Held = func(h *Handle) {
		held = h
		if !isListed(h) || group(h.PID) != fmt.Sprint(h.PID) {
			t.Errorf("listed %v, in group %s", isListed(h), group(h.PID))
		}
		_ = Kill(h.PID, syscall.SIGKILL)
		<-h.Exited()
	}
	h := start(t, o)
	if held != h {
		t.Errorf("held %v, started %v", held, h)
	}
	exit, err := Reap(h)
	if err != nil {
		t.Error(err)
	}
	signalled(t, exit, syscall.SIGKILL)
}

// Fork makes the process of an inner child, and may change how.
func TestForkMakesTheInnerChild(t *testing.T) {
	calls := 0
	o := inner(shell("exit 3"))
	o.Fork = func(attr *syscall.SysProcAttr, fork func() (int, error)) (int, error) {
		if calls++; !attr.Setpgid {
			t.Error("it is not going to lead a group")
		}
		return fork()
	}
	if exit, err := Reap(start(t, o)); err != nil || exit.Code != 3 || calls != 1 {
		t.Errorf("exit = %v, %v after %d calls", exit, err, calls)
	}
	o.Fork = func(*syscall.SysProcAttr, func() (int, error)) (int, error) { return 0, syscall.EAGAIN }
	if _, err := Spawn(o); !errors.Is(err, syscall.EAGAIN) {
		t.Errorf("spawn = %v, want EAGAIN", err)
	}
}

// A leader of a session may not be moved, and need not.
func TestOwnGroupOfALeader(t *testing.T) {
	o := inner(helper("alone"))
	o.Path, o.Args = "/bin/sh", []string{"-c", `setsid "$0"; exit`, o.Path}
	_, out := talk(t, o)
	expect(t, out, "leader=true then=true")
}

// Files that were closed are closed; that others cannot be is an error.
func TestCloseAll(t *testing.T) {
	r, w := pipe(t)
	_ = w.Close()
	fd, err := unix.Dup(int(r.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	lost := os.NewFile(uintptr(fd), "lost")
	_ = unix.Close(fd)
	if err := closeAll([]*os.File{w, lost, r}); !errors.Is(err, syscall.EBADF) || errors.Is(err, os.ErrClosed) {
		t.Errorf("close all = %v, want EBADF alone", err)
	}
	if err := closeAll([]*os.File{w, r}); err != nil {
		t.Errorf("again: %v", err)
	}
}
