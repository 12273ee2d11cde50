package sandbox

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Tree is a copy of a directory that children may write to, and that Restore
// puts back to what the original was when it was copied. It is used by one
// goroutine at a time, and by one child at a time.
type Tree struct {
	// Src is the original, which is only read and should not change while the
	// copy lives. Dst is the copy.
	Src, Dst string
	// Skipped lists, relative to Src, what was not copied, with the reason:
	// files that this user cannot read (a child could not either), sockets,
	// pipes and devices. Directories named .git and session directories of
	// ours are left out silently.
	Skipped []string

	dir     int     // Dst, open
	entries []entry // parents first
}

// entry is one file of a tree.
type entry struct {
	path string // relative, with slashes
	was  stamp  // in Src, when it was copied
	now  stamp  // in Dst, when it was known to equal it
	link string // where a symbolic link points to
}

// CopyTree copies the directory src to dst, which must not exist. Contents,
// modes, modification times and symbolic links (as they are) are kept. Where
// the file system can, files share their blocks with the original until either
// is written; they are never hard links, for writing to one of those would
// change the user's file.
//
// Files that cannot be read are skipped and listed; any other trouble is an
// error that names the file, and what was copied so far is removed.
func CopyTree(src, dst string) (*Tree, error) {
	t := &Tree{Src: src, Dst: dst, dir: -1}
	if err := t.copyAll(); err != nil {
		return nil, errors.Join(fmt.Errorf("copy %s: %w", src, err), t.Close(), removeAll(dst))
	}
	return t, nil
}

// Close gives back what the Tree holds open. The copy stays; whoever made the
// directory around it removes it.
func (t *Tree) Close() error {
	if t.dir < 0 {
		return nil
	}
	err := unix.Close(t.dir)
	t.dir = -1
	return err
}

func (t *Tree) copyAll() (err error) {
	root, err := os.Stat(t.Src)
	if err != nil {
		return err
	}
	if err := os.Mkdir(t.Dst, root.Mode().Perm()|0o700); err != nil {
		return err
	}
	if t.dir, err = unix.Open(t.Dst, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0); err != nil {
		return &os.PathError{Op: "open", Path: t.Dst, Err: err}
	}
	self, err := at(unix.AT_FDCWD, t.Dst)
	if err != nil {
		return err
	}
	// The directory itself comes first, so that additions to it are seen.
	t.entries = []entry{{path: ".", was: stamp{mode: self.mode}}}
	err = walk(t.Src, func(rel string, s stamp, unreadable error) (bool, error) {
		if s.dev == self.dev && s.ino == self.ino {
			return false, nil // the copy lies in the original
		}
		return true, t.add(rel, s, unreadable)
	})
	if err != nil {
		return err
	}
	t.closeDirs(func(int) bool { return true })
	return t.restamp()
}

// add copies one file and notes it, or notes why not.
func (t *Tree) add(rel string, s stamp, unreadable error) error {
	e := entry{path: rel, was: s}
	err := unreadable
	if err == nil {
		err = t.make(&e)
	}
	switch {
	case errors.Is(err, os.ErrPermission):
		t.Skipped = append(t.Skipped, rel+": cannot be read")
		return nil
	case errors.Is(err, errSpecial):
		t.Skipped = append(t.Skipped, rel+": "+errSpecial.Error())
		return nil
	case err != nil:
		return err
	}
	t.entries = append(t.entries, e)
	return nil
}

// errSpecial tells that a file is none that can be copied.
var errSpecial = errors.New("is neither a file, a directory nor a link")

// make makes e anew in the copy. A directory can be written to until closeDirs.
func (t *Tree) make(e *entry) (err error) {
	src, dst := filepath.Join(t.Src, e.path), filepath.Join(t.Dst, e.path)
	switch e.was.kind() {
	case unix.S_IFDIR:
		return os.Mkdir(dst, 0o700)
	case unix.S_IFLNK:
		if e.link, err = os.Readlink(src); err != nil {
			return err
		}
		if err := os.Symlink(e.link, dst); err != nil {
			return err
		}
		return setTimes(dst, e.was.mtime)
	case unix.S_IFREG:
		return copyFile(src, dst, e.was)
	}
	return errSpecial
}

// closeDirs gives the chosen directories, by their places in t.entries, their
// modes and times, the deepest first.
func (t *Tree) closeDirs(chosen func(i int) bool) {
	for i := len(t.entries) - 1; i > 0; i-- {
		e := &t.entries[i]
		if e.was.kind() != unix.S_IFDIR || !chosen(i) {
			continue
		}
		dst := filepath.Join(t.Dst, e.path)
		// What cannot be set is seen by the next restamp as it is, and does
		// not matter to a child: it could not set it either.
		_ = unix.Chmod(dst, e.was.perm())
		_ = setTimes(dst, e.was.mtime)
	}
}

// restamp notes how every file of the copy looks now.
func (t *Tree) restamp() error {
	latest := int64(0)
	for i := range t.entries {
		e := &t.entries[i]
		now, err := at(t.dir, e.path)
		if err != nil {
			return err
		}
		e.now = now
		latest = max(latest, now.ctime)
	}
	settle(latest)
	return nil
}

// copyFile makes dst a copy of the file src.
func copyFile(src, dst string, s stamp) error {
	in, err := os.OpenFile(src, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(dst, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if !clone(int(out.Fd()), int(in.Fd())) {
		_, err = io.Copy(out, in)
	}
	if err == nil {
		err = unix.Fchmod(int(out.Fd()), s.perm())
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("copy %s: %w", src, err)
	}
	return setTimes(dst, s.mtime)
}

// setTimes sets both times of path, and does not follow a link.
func setTimes(path string, mtime int64) error {
	ts := unix.NsecToTimespec(mtime)
	if err := unix.UtimesNanoAt(unix.AT_FDCWD, path, []unix.Timespec{ts, ts}, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return &os.PathError{Op: "set times of", Path: path, Err: err}
	}
	return nil
}
