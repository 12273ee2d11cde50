package sandbox

import (
	"os"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// unremovable makes dir such that even its owner cannot remove it, until undo:
// for root by a mount within it, for others by a directory of its parent's.
func unremovable(t *testing.T, dir string) (undo func()) {
	t.Helper()
	if os.Geteuid() == 0 {
		if err := unix.Mount("none", dir+"/t", "tmpfs", 0, ""); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := unix.Unmount(dir+"/t", 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	return closeParent(t, dir)
}

// subreaper makes this process adopt what its children leave behind.
var subreaper = sync.OnceValue(func() error {
	return unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
})

// onFirstProcessor keeps this thread on the first processor that it may use.
func onFirstProcessor() {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		os.Exit(1)
	}
	for cpu, found := 0, false; cpu < 1024; cpu++ {
		if found {
			set.Clear(cpu)
		}
		found = found || set.IsSet(cpu)
	}
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		os.Exit(1)
	}
}
