package sandbox

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

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
