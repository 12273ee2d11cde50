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
	"time"
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

func TestRoot(t *testing.T) {
	root, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	member, err := OpenExisting(root.Dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := member.Scratch("c")
	if err != nil {
		t.Fatal(err)
	}
	write(t, s.Tmp, "a/b", "x")
	if n := len(strings.TrimPrefix(s.Tmp, filepath.Dir(root.Dir))); n > 32 {
		t.Errorf("a path of %d bytes below the temporary directory: %s", n, s.Tmp)
	}
	if err := member.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(s.Tmp); err != nil {
		t.Errorf("a member removed the session's directory: %v", err)
	}
	for range 2 {
		if err := root.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Lstat(root.Dir); !os.IsNotExist(err) {
		t.Errorf("still there: %v", err)
	}
	if _, err := OpenExisting(t.TempDir()); err == nil {
		t.Error("joined what is no session")
	}
}

// Rule 14: scratch directories that exist at one time are different and private.
func TestLifecycle14_ScratchIsPrivate(t *testing.T) {
	root, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	seen := map[string]bool{}
	var mu sync.Mutex
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 25 {
				s, err := root.Scratch("c")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if seen[s.Home] || seen[s.Tmp] || s.Home == s.Tmp {
					t.Errorf("shared: %+v", s)
				}
				seen[s.Home], seen[s.Tmp] = true, true
				mu.Unlock()
				info, err := os.Stat(s.Tmp)
				if err != nil || info.Mode().Perm() != 0o700 {
					t.Errorf("%v, %v", info, err)
				}
			}
		})
	}
	group.Wait()
}

// Rule 6: a removal that fails is remembered, and made up for later.
func TestLifecycle6_FailedRemovalIsTracked(t *testing.T) {
	root, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s, err := root.Scratch("c")
	if err != nil {
		t.Fatal(err)
	}
	undo := unremovable(t, s.Dir)
	if err := s.Remove(); err == nil {
		t.Fatal("removed what cannot be removed")
	}
	if stuck := root.Stuck(); !slices.Equal(stuck, []string{s.Dir}) {
		t.Fatalf("stuck: %v", stuck)
	}
	if err := root.Close(); err == nil || !strings.Contains(err.Error(), s.Dir) {
		t.Fatalf("close: %v", err)
	}
	if _, err := OpenExisting(root.Dir); err != nil {
		t.Fatalf("the mark did not outlive a failed removal: %v", err)
	}
	undo()
	root.tried = time.Time{} // as if a second had passed
	other, err := root.Scratch("d")
	if err != nil {
		t.Fatal(err)
	}
	if stuck := root.Stuck(); len(stuck) > 0 {
		t.Fatalf("not tried again: %v", stuck)
	}
	if _, err := os.Lstat(s.Dir); !os.IsNotExist(err) {
		t.Fatalf("still there: %v", err)
	}
	if err := other.Remove(); err != nil {
		t.Fatal(err)
	}
	if err := root.Close(); err != nil {
		t.Fatal(err)
	}
}

// Rule 6: directories that forbid everything go too.
func TestLifecycle6_RemovesReadOnlyDirectories(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "x/a/b/c/file", "1", "x/a/d/file", "2", "outside/file", "3")
	if err := os.Symlink("../../outside", dir+"/x/a/link"); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{"x/a/b/c", "x/a/b", "x/a/d", "x/a", "x"} {
		if err := os.Chmod(filepath.Join(dir, d), 0); err != nil {
			t.Fatal(err)
		}
	}
	asNobody(t, "remove as nobody", dir)
	if _, err := os.Lstat(dir + "/x"); !os.IsNotExist(err) {
		t.Errorf("still there: %v", err)
	}
	if _, err := os.Stat(dir + "/outside/file"); err != nil {
		t.Errorf("a link was followed: %v", err)
	}
}

// A directory to which files are added while it is removed.
func TestRemoveAllAgainstWriter(t *testing.T) {
	dir := t.TempDir() + "/x"
	write(t, dir, "first", "")
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				_ = os.WriteFile(filepath.Join(dir, string(rune('a'+i%26))), nil, 0o600)
			}
		}
	})
	first := removeAll(dir)
	close(stop)
	group.Wait()
	if err := removeAll(dir); err != nil {
		t.Errorf("%v, after %v", err, first)
	}
}

func TestEnviron(t *testing.T) {
	s := &Scratch{Dir: "/s", Home: "/s/h", Tmp: "/s/t"}
	base := []string{
		"HOME=/home/me", "PATH=/bin", "TMPDIR=/tmp", "XDG_CACHE_HOME=/c", "EVILUTION_TOKEN=secret", "EVILUTION_ORDER=/o",
		"EVILUTION_WORKER=3", "GOCACHE=/cache", "B=2", "A=1=1", "A=3", "broken",
	}
	set := map[string]string{"GOPATH": "/go", "EVILUTION_PIPE": "3"}
	got := Environ(base, s, set)
	want := []string{
		"A=3", "B=2", "EVILUTION_PIPE=3", "EVILUTION_WORKER=3", "GOCACHE=/cache", "GOPATH=/go", "GOTMPDIR=/s/t", "HOME=/s/h",
		"PATH=/bin", "TEMP=/s/t", "TMP=/s/t", "TMPDIR=/s/t",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	got = ToolEnviron(base, s, map[string]string{"TMPDIR": "/other"})
	want = []string{
		"A=3", "B=2", "EVILUTION_WORKER=3", "GOCACHE=/cache", "GOTMPDIR=/s/t", "HOME=/home/me",
		"PATH=/bin", "TEMP=/s/t", "TMP=/s/t", "TMPDIR=/other", "XDG_CACHE_HOME=/c",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
