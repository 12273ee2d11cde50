package supervisor

import (
	"errors"
	"fmt"

	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Statement 6: files closed and sandbox removed on every path.
func TestLifecycle6_EverythingIsReleased(t *testing.T) {
	defer ResetForChild()
	paths := map[string]func(o Options) error{
		"reap":      func(o Options) error { return then(o, func(h *Handle) error { return second(Reap(h)) }) },
		"terminate": func(o Options) error { return then(o, func(h *Handle) error { return second(Terminate(h, 0)) }) },
		"nonblock": func(o Options) error {
			return then(o, func(h *Handle) error { <-h.Exited(); return second(ReapNonblock(h)) })
		},
		"kill all":      func(o Options) error { return then(o, func(*Handle) error { KillAndReapAll(); return nil }) },
		"no program":    func(o Options) error { o.Path += "x"; return wanted(Spawn(o)) },
		"no directory":  func(o Options) error { o.Dir = "/nowhere"; return wanted(Spawn(o)) },
		"bad argument":  func(o Options) error { o.Args = []string{"\x00"}; return wanted(Spawn(o)) },
		"bad file":      func(o Options) error { o.ExtraFiles = []*os.File{nil}; return wanted(Spawn(o)) },
		"shutting down": func(o Options) error { Shutdown(); defer ResetForChild(); return wanted(Spawn(o)) },
	}
	for name, path := range paths {
		for _, own := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " own release=", own), func(t *testing.T) {
				bothModes(t, func(t *testing.T, mode func(Options) Options) { releases(t, mode(shell("exit 0")), path, own) })
			})
		}
	}
}

func releases(t *testing.T, o Options, path func(Options) error, own bool) {
	file, w := pipe(t)
	o.Files, o.SandboxDir = []*os.File{file, w}, filepath.Join(t.TempDir(), "sandbox")
	if err := os.MkdirAll(filepath.Join(o.SandboxDir, "deep"), 0o777); err != nil {
		t.Fatal(err)
	}
	calls := 0
	if own {
		o.Release = func() error { calls++; return os.RemoveAll(o.SandboxDir) }
	}
	if err := path(o); err != nil {
		t.Error(err)
	}
	for _, f := range o.Files {
		if err := f.Close(); !errors.Is(err, os.ErrClosed) {
			t.Errorf("a file is open: %v", err)
		}
	}
	if _, err := os.Stat(o.SandboxDir); !os.IsNotExist(err) {
		t.Errorf("the sandbox is there: %v", err)
	}
	if own && calls != 1 {
		t.Errorf("release was called %d times", calls)
	}
	if len(Registry()) > 0 {
		t.Errorf("registry = %v", Registry())
	}
}

func then(o Options, f func(*Handle) error) error {
	h, err := Spawn(o)
	if err != nil {
		return err
	}
	return f(h)
}

func second[T any](_ T, err error) error { return err }

func wanted(h *Handle, err error) error {
	if err == nil {
		return fmt.Errorf("spawn %d: want an error", h.PID)
	}
	return nil
}

// Statement 6: what cannot be removed stays tracked, for a later try.
func TestLifecycle6_FailedReleaseIsTriedAgain(t *testing.T) {
	o, fail, calls := inner(shell("exit 0")), errors.New("busy"), 0
	o.Release = func() error { calls++; return fail }
	h := start(t, o)
	for range 2 {
		if _, err := Reap(h); !errors.Is(err, fail) {
			t.Errorf("reap = %v, want %v", err, fail)
		}
	}
	if isListed(h) || len(Unreleased()) != 1 || calls != 1 {
		t.Errorf("listed %v, unreleased %v, %d calls", isListed(h), Unreleased(), calls)
	}
	if err := RetryReleases(); !errors.Is(err, fail) || len(Unreleased()) != 1 {
		t.Errorf("retry = %v, unreleased %v", err, Unreleased())
	}
	fail = nil
	if err := RetryReleases(); err != nil || len(Unreleased()) != 0 || calls != 3 {
		t.Errorf("retry = %v, unreleased %v, %d calls", err, Unreleased(), calls)
	}
}

// The hooks hear of every child once, in order, whatever reaps it.
func TestLifecycle21_HooksHearOfEveryChild(t *testing.T) {
	defer OnRelease(nil)
	defer OnSpawn(nil)
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		var lock sync.Mutex
		var heard []string
		hear := func(what string) func(*Handle) {
			return func(h *Handle) {
				lock.Lock()
				defer lock.Unlock()
				heard = append(heard, fmt.Sprintf("%s listed=%v", what, isListed(h)))
			}
		}
		OnSpawn(hear("spawn"))
		OnRelease(hear("release"))
		_, _ = Terminate(start(t, mode(shell("sleep 30"))), 0)
		if got := strings.Join(heard, ", "); got != "spawn listed=true, release listed=false" {
			t.Errorf("heard %s", got)
		}
	})
}

// A child that a trap ends while the hook still speaks is announced first.
func TestLifecycle21_HooksKeepTheirOrder(t *testing.T) {
	defer OnRelease(nil)
	defer OnSpawn(nil)
	var order []string
	speaking, goOn := make(chan struct{}), make(chan struct{})
	OnSpawn(func(*Handle) { close(speaking); <-goOn; order = append(order, "spawn") })
	OnRelease(func(*Handle) { order = append(order, "release") })
	var spawner, killer sync.WaitGroup
	spawner.Go(func() { _, _ = Spawn(shell("sleep 30")) })
	<-speaking
	h := Registry()[0]
	killer.Go(KillAndReapAll)
	eventually(t, "reaped", func() bool { _, ok := h.Exit(); return ok })
	close(goOn)
	spawner.Wait()
	killer.Wait()
	if got := strings.Join(order, " "); got != "spawn release" {
		t.Errorf("order = %s", got)
	}
}
