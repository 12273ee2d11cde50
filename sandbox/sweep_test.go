package sandbox

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// started starts a helper that prints a line once it is ready, and returns it.
func started(t *testing.T, name, parent string) (*exec.Cmd, string) {
	t.Helper()
	cmd := helper(t, name, "PARENT="+parent)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end(cmd) })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return cmd, strings.TrimSpace(line)
}

// end kills and reaps a helper; a second time does nothing.
func end(cmd *exec.Cmd) {
	if cmd.ProcessState == nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // "signal: killed"
	}
}

func sweep(t *testing.T, parent string) []string {
	t.Helper()
	removed, err := Sweep(parent)
	if err != nil {
		t.Fatal(err)
	}
	return removed
}

// Rule 27: a session's directory goes once its owner and all that joined it are
// gone, and not before.
func TestLifecycle27_SweepAfterOwnersDeath(t *testing.T) {
	parent := resolved(t)
	owner, dir := started(t, "own a session", parent)
	worker, joined := started(t, "join a session", dir)
	if joined != dir || filepath.Dir(dir) != parent {
		t.Fatalf("joined %s, own %s", joined, dir)
	}
	if removed := sweep(t, parent); len(removed) > 0 {
		t.Fatalf("removed from a living owner: %v", removed)
	}
	end(owner)
	if removed := sweep(t, parent); len(removed) > 0 {
		t.Fatalf("removed from a living worker: %v", removed)
	}
	end(worker)
	if removed := sweep(t, parent); !slices.Equal(removed, []string{dir}) {
		t.Fatalf("removed %v, want %s", removed, dir)
	}
	if _, err := os.Lstat(dir); !os.IsNotExist(err) {
		t.Fatalf("still there: %v", err)
	}
}

// Rule 27: what is not provably ours, or whose owner is not provably gone, stays.
func TestLifecycle27_SweepLeavesOthers(t *testing.T) {
	parent := resolved(t)
	self, err := identify(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	gone := self
	gone.start = "1"
	elsewhere := gone
	elsewhere.space = "pid:[1]"
	otherBoot := self
	otherBoot.boot = "before"
	nobody := self
	nobody.pid = "2147483646"
	for name, mark := range map[string]string{
		rootPrefix + "alive":     self.String(),
		rootPrefix + "recycled":  gone.String(), // a living process has that pid, but is younger
		rootPrefix + "nobody":    nobody.String(),
		rootPrefix + "boot":      otherBoot.String(),
		rootPrefix + "container": elsewhere.String(),
		rootPrefix + "empty":     "",
		rootPrefix + "foreign":   "something\nelse\n",
		rootPrefix + "cut":       gone.String()[:40],
		"unrelated":              gone.String(),
	} {
		write(t, parent, name+"/"+markName, mark, name+"/c1/t/file", "x")
	}
	write(t, parent, rootPrefix+"unmarked/file", "x", rootPrefix+"file", gone.String())
	if err := os.Symlink(parent+"/unrelated", parent+"/"+rootPrefix+"link"); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(parent+"/"+rootPrefix+"marklink", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(parent+"/unrelated/"+markName, parent+"/"+rootPrefix+"marklink/"+markName); err != nil {
		t.Fatal(err)
	}
	all, err := os.ReadDir(parent)
	if err != nil {
		t.Fatal(err)
	}
	removed := sweep(t, parent)
	want := []string{parent + "/" + rootPrefix + "boot", parent + "/" + rootPrefix + "nobody", parent + "/" + rootPrefix + "recycled"}
	if !slices.Equal(removed, want) {
		t.Errorf("removed %v", removed)
	}
	left, err := os.ReadDir(parent)
	if err != nil || len(left) != len(all)-len(want) {
		t.Errorf("%d left of %d, %v", len(left), len(all), err)
	}
}

// Any number of sweeps at once remove everything once.
func TestLifecycle27_SweepsAtOnce(t *testing.T) {
	parent := resolved(t)
	nobody, err := identify(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	nobody.pid = "2147483646"
	const n = 20
	for i := range n {
		write(t, parent, rootPrefix+string(rune('a'+i))+"/"+markName, nobody.String(), rootPrefix+string(rune('a'+i))+"/x/y/z", "")
	}
	var mu sync.Mutex
	var all []string
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			removed, err := Sweep(parent)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, removed...)
		})
	}
	group.Wait()
	slices.Sort(all)
	if len(slices.Compact(all)) != n || len(all) != n {
		t.Errorf("removed %d", len(all))
	}
}

func resolved(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
