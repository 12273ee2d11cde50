package sandbox

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Whatever a child does to the copy, Restore names it and puts it back.
func TestRestore(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(dir string) error
		want []string
	}{
		{"nothing", func(string) error { return nil }, nil},
		{"content", func(d string) error { return os.WriteFile(d+"/go.mod", []byte("module y\n"), 0o644) }, []string{"go.mod"}},
		{"longer content", func(d string) error { return os.WriteFile(d+"/a/a.go", []byte("package a // more\n"), 0o644) }, []string{"a/a.go"}},
		{"content, and the old time", func(d string) error {
			if err := os.WriteFile(d+"/a/a.go", []byte("package b\n"), 0o644); err != nil {
				return err
			}
			return os.Chtimes(d+"/a/a.go", time.Time{}, time.Unix(1_000_000_000, 123456789))
		}, []string{"a/a.go"}},
		{"same content", func(d string) error { return os.WriteFile(d+"/go.mod", []byte("module x\n"), 0o644) }, nil},
		{"same content by rename", func(d string) error {
			if err := os.WriteFile(d+"/tmp", []byte("module x\n"), 0o644); err != nil {
				return err
			}
			return os.Rename(d+"/tmp", d+"/go.mod")
		}, nil},
		{"touched", func(d string) error { return os.Chtimes(d+"/go.mod", time.Now(), time.Now()) }, nil},
		{"mode", func(d string) error { return os.Chmod(d+"/go.mod", 0o600) }, []string{"go.mod"}},
		{"mode of a directory", func(d string) error { return os.Chmod(d+"/a/testdata", 0) }, []string{"a/testdata"}},
		{"added", func(d string) error { return os.WriteFile(d+"/a/new", nil, 0o644) }, []string{"a/new"}},
		{"added at the top", func(d string) error { return os.WriteFile(d+"/new", nil, 0o644) }, []string{"new"}},
		{"added tree", func(d string) error { return os.MkdirAll(d+"/empty/x/y", 0o700) }, []string{"empty/x"}},
		{"added socket", func(d string) error { return unix.Mkfifo(d+"/a/pipe", 0) }, []string{"a/pipe"}},
		{"added and removed", func(d string) error {
			if err := os.WriteFile(d+"/a/new", nil, 0o644); err != nil {
				return err
			}
			return os.Remove(d + "/a/new")
		}, nil},
		{"removed", func(d string) error { return os.Remove(d + "/a/a.go") }, []string{"a/a.go"}},
		{"removed tree", func(d string) error { return removeAll(d + "/c") }, []string{"c", "c/d", "c/d/e", "c/d/e/f.go"}},
		{"removed all", func(d string) error {
			for _, name := range []string{"go.mod", "a", "b", "c", "empty", "dirlink", ".gitignore"} {
				if err := removeAll(d + "/" + name); err != nil {
					return err
				}
			}
			return nil
		}, []string{".gitignore", "a", "a/a.go", "a/testdata", "a/testdata/in.txt", "a/testdata/link", "a/testdata/out.txt",
			"b", "b/b.go", "b/broken", "c", "c/d", "c/d/e", "c/d/e/f.go", "dirlink", "empty", "go.mod"}},
		{"file becomes directory", func(d string) error {
			if err := os.Remove(d + "/go.mod"); err != nil {
				return err
			}
			return os.MkdirAll(d+"/go.mod/x", 0o700)
		}, []string{"go.mod"}},
		{"directory becomes file", func(d string) error {
			if err := os.RemoveAll(d + "/a/testdata"); err != nil {
				return err
			}
			return os.WriteFile(d+"/a/testdata", nil, 0o600)
		}, []string{"a/testdata", "a/testdata/in.txt", "a/testdata/link", "a/testdata/out.txt"}},
		{"link points elsewhere", func(d string) error {
			if err := os.Remove(d + "/dirlink"); err != nil {
				return err
			}
			return os.Symlink("b", d+"/dirlink")
		}, []string{"dirlink"}},
		{"renamed", func(d string) error { return os.Rename(d+"/a/a.go", d+"/b/a.go") }, []string{"a/a.go", "b/a.go"}},
		{"in a read-only directory", func(d string) error {
			if err := os.Chmod(d+"/c/d", 0o700); err != nil {
				return err
			}
			if err := os.WriteFile(d+"/c/d/new", nil, 0o400); err != nil {
				return err
			}
			return os.Chmod(d+"/c/d", 0o555)
		}, []string{"c/d/new"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := original(t)
			before := snapshot(t, src)
			tree := copyOf(t, src)
			clean := snapshot(t, tree.Dst)
			for round := range 2 {
				if err := c.do(tree.Dst); err != nil {
					t.Fatal(err)
				}
				changed, err := tree.Restore()
				if err != nil || !slices.Equal(changed, c.want) {
					t.Errorf("round %d: changed %q, want %q, %v", round, changed, c.want, err)
				}
				if got := snapshot(t, tree.Dst); !slices.Equal(got, clean) {
					t.Errorf("round %d: got\n%s\nwant\n%s", round, strings.Join(got, "\n"), strings.Join(clean, "\n"))
				}
				if again, err := tree.Restore(); err != nil || len(again) > 0 {
					t.Errorf("round %d: a second restore: %q, %v", round, again, err)
				}
			}
			if !slices.Equal(snapshot(t, src), before) {
				t.Error("the original was changed")
			}
		})
	}
}

// A directory of the copy that a child replaced by a link to the original must
// not lead us there.
func TestLifecycle28_RestoreThroughLink(t *testing.T) {
	src := original(t)
	before := snapshot(t, src)
	tree := copyOf(t, src)
	clean := snapshot(t, tree.Dst)
	if err := os.RemoveAll(tree.Dst + "/a"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(src+"/a", tree.Dst+"/a"); err != nil {
		t.Fatal(err)
	}
	want := []string{"a", "a/a.go", "a/testdata", "a/testdata/in.txt", "a/testdata/link", "a/testdata/out.txt"}
	if changed, err := tree.Restore(); err != nil || !slices.Equal(changed, want) {
		t.Errorf("changed %q, %v", changed, err)
	}
	if !reflect.DeepEqual(snapshot(t, tree.Dst), clean) {
		t.Error("the copy is not what it was")
	}
	if !slices.Equal(snapshot(t, src), before) {
		t.Error("the original was changed")
	}
	if err := os.Remove(tree.Dst + "/go.mod"); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(src+"/go.mod", tree.Dst+"/go.mod"); err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Restore(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(tree.Dst+"/go.mod", []byte("oops"), 0o644); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(snapshot(t, src), before) {
		t.Error("a hard link to the original was kept")
	}
}

// A change within the same tick of the file system's clock is seen.
func TestRestoreSeesFastChanges(t *testing.T) {
	tree := copyOf(t, original(t))
	for i := range 50 {
		if err := os.WriteFile(tree.Dst+"/go.mod", fmt.Appendf(nil, "module %c\n", 'A'+i%20), 0o644); err != nil {
			t.Fatal(err)
		}
		if changed, err := tree.Restore(); err != nil || len(changed) != 1 {
			t.Fatalf("round %d: %q, %v", i, changed, err)
		}
	}
}

func TestRestoreWithoutOriginal(t *testing.T) {
	src := original(t)
	tree := copyOf(t, src)
	write(t, src, "go.mod", "module z\n")
	write(t, tree.Dst, "go.mod", "module y\n")
	changed, err := tree.Restore()
	if err == nil || !strings.Contains(err.Error(), "go.mod") || !slices.Equal(changed, []string{"go.mod"}) {
		t.Errorf("got %q, %v", changed, err)
	}
}
