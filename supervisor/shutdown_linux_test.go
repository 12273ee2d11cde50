package supervisor

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"syscall"
	"testing"
)

// Whenever a trap looks, after Shutdown, no child is alive and unregistered.
func TestLifecycleContract_ShutdownLeavesNoWindow(t *testing.T) {
	bothModes(t, func(t *testing.T, mode func(Options) Options) {
		for range 10 {
			var spawners sync.WaitGroup
			running := make(chan struct{}, 100)
			for range 3 {
				spawners.Go(func() {
					for {
						_, err := Spawn(mode(shell("sleep 30")))
						if errors.Is(err, ErrShuttingDown) {
							return
						}
						if err != nil {
							t.Error(err)
							return
						}
						running <- struct{}{}
					}
				})
			}
			<-running
			<-running
			Shutdown()
			list, err := children(os.Getpid())
			if err != nil {
				t.Fatal(err)
			}
			known := Registry()
			for _, pid := range list {
				if !slices.ContainsFunc(known, func(h *Handle) bool { return h.PID == pid }) {
					t.Errorf("child %d is alive and unregistered", pid)
				}
			}
			spawners.Wait()
			KillAndReapAll()
			if left, _ := children(os.Getpid()); len(left) > 0 || len(Registry()) > 0 {
				t.Errorf("left: %v, %v", left, Registry())
			}
			ResetForChild()
		}
	})
}

// KILL goes to every group and leader before anything is reaped, and all is
// reaped before anything is released.
func TestLifecycleContract_KillAndReapAll(t *testing.T) {
	defer ResetForChild()
	l := newLiveness(t)
	var got, kills, sweeps, releases []string
	var all []*Handle
	for i := range 3 {
		o := helper("family", "stubborn", "group+ignore")
		o.IsolateInChild = i > 0
		o.ExtraFiles = []*os.File{l.w}
		o.Release = func() error { got = append(got, "release"); return nil }
		h, out := talk(t, o)
		expect(t, out, "ready")
		all = append(all, h)
		kills = append(kills, fmt.Sprint(-h.PID), fmt.Sprint(h.PID))
		sweeps = append(sweeps, fmt.Sprint(-h.PID))
		releases = append(releases, "release")
	}
	watchKills(t, func(pid int, sig syscall.Signal) { got = append(got, fmt.Sprint(pid)) })
	KillAndReapAll()
	l.dead(t, patience)
	for _, h := range all {
		isGone(t, h.PID)
		if exit, ok := h.Exit(); !ok || exit.Signal != syscall.SIGKILL {
			t.Errorf("exit = %v, %v", exit, ok)
		}
	}
	if len(Registry()) > 0 {
		t.Errorf("registry = %v", Registry())
	}
	if want := slices.Concat(kills, sweeps, releases); !slices.Equal(got, want) {
		t.Errorf("order = %v\nwant    %v", got, want)
	}
}
