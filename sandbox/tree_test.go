package sandbox

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// snapshot describes all below dir: type, mode, time, content. Times of
// directories count too.
func snapshot(t testing.TB, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		info, err := e.Info()
		if err != nil || rel == "." {
			return err
		}
		if rel == ".git" {
			return fs.SkipDir
		}
		content := ""
		switch {
		case e.Type() == fs.ModeSymlink:
			content, err = os.Readlink(path)
		case e.Type().IsRegular():
			var b []byte
			b, err = os.ReadFile(path)
			content = string(b)
		}
		all = append(all, fmt.Sprintf("%s %v %d %q", rel, info.Mode(), info.ModTime().UnixNano(), content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// original makes a small tree with one of everything.
func original(t testing.TB) string {
	t.Helper()
	src := filepath.Join(t.TempDir(), "src")
	write(t, src, "go.mod", "module x\n", "a/a.go", "package a\n", "a/testdata/in.txt", "in", "a/testdata/out.txt", "out",
		"b/b.go", "package b\n", "c/d/e/f.go", "package e\n", ".git/HEAD", "ref", ".gitignore", "*.o\n")
	for _, err := range []error{
		os.Symlink("in.txt", src+"/a/testdata/link"),
		os.Symlink("../nowhere", src+"/b/broken"),
		os.Symlink("a", src+"/dirlink"),
		os.Mkdir(src+"/empty", 0o755),
		os.Chmod(src+"/b/b.go", 0o755),
		os.Chmod(src+"/a/testdata/out.txt", 0o444),
		os.Chmod(src+"/c/d", 0o555),
		os.Chtimes(src+"/a/a.go", time.Time{}, time.Unix(1_000_000_000, 123456789)),
		os.Chtimes(src+"/a", time.Time{}, time.Unix(1_100_000_000, 5)),
		unix.Mkfifo(src+"/pipe", 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { unlockDirs(src) })
	return src
}

func copyOf(t testing.TB, src string) *Tree {
	t.Helper()
	tree, err := CopyTree(src, filepath.Join(t.TempDir(), "dst"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		unlockDirs(tree.Dst)
		if err := tree.Close(); err != nil {
			t.Error(err)
		}
	})
	return tree
}

func TestCopyTree(t *testing.T) {
	src := original(t)
	before := snapshot(t, src)
	tree := copyOf(t, src)
	want := slices.DeleteFunc(slices.Clone(before), func(l string) bool { return strings.HasPrefix(l, "pipe ") })
	if got := snapshot(t, tree.Dst); !slices.Equal(got, want) {
		t.Errorf("copy differs:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if want := []string{"pipe: is neither a file, a directory nor a link"}; !slices.Equal(tree.Skipped, want) {
		t.Errorf("skipped %q", tree.Skipped)
	}
	if _, err := os.Lstat(tree.Dst + "/.git"); !os.IsNotExist(err) {
		t.Errorf(".git was copied: %v", err)
	}
	for _, path := range []string{"go.mod", "a/a.go"} {
		a, errA := at(unix.AT_FDCWD, filepath.Join(src, path))
		b, errB := at(unix.AT_FDCWD, filepath.Join(tree.Dst, path))
		if errA != nil || errB != nil || a.ino == b.ino {
			t.Errorf("%s is a hard link", path)
		}
	}
	if changed, err := tree.Restore(); err != nil || len(changed) > 0 {
		t.Errorf("restore of a fresh copy: %v, %v", changed, err)
	}
	if !slices.Equal(snapshot(t, src), before) {
		t.Error("the original was changed")
	}
}

// A copy within its original, and sessions' directories, are not copied.
func TestCopyTreeIntoItself(t *testing.T) {
	src := original(t)
	root, err := Open(src)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree, err := CopyTree(src, src+"/copy")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	for _, name := range []string{"copy", filepath.Base(root.Dir)} {
		if _, err := os.Lstat(filepath.Join(tree.Dst, name)); !os.IsNotExist(err) {
			t.Errorf("%s was copied: %v", name, err)
		}
	}
	unlockDirs(tree.Dst)
}

func TestCopyTreeUnreadable(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "src/ok", "1", "src/secret", "2", "src/closed/file", "3")
	_ = os.Chmod(dir+"/src/secret", 0)
	_ = os.Chmod(dir+"/src/closed", 0)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	out := asNobody(t, "copy as nobody", dir)
	if want := "closed: cannot be read\nsecret: cannot be read"; out != want {
		t.Errorf("skipped %q, want %q", out, want)
	}
	unlockDirs(dir)
}

func TestCopyTreeErrors(t *testing.T) {
	if _, err := CopyTree(t.TempDir()+"/none", t.TempDir()+"/dst"); err == nil {
		t.Error("copied what is not there")
	}
	dst := t.TempDir()
	if _, err := CopyTree(original(t), dst); err == nil {
		t.Error("copied over an existing directory")
	}
}
