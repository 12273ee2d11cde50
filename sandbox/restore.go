package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// Restore makes the copy equal to what was copied and returns what had been
// changed, added or removed: relative paths with slashes, sorted; of an added
// directory only its own. A file that was only touched, or rewritten with what
// it held, gets its time back and is not named.
//
// As long as nothing has changed, which is the usual case after a child, it
// costs one stat call per file and directory. The children that wrote to the
// copy must have ended. The error names what could not be put back, be it that
// the original has changed since; then the copy must not be used any more.
func (t *Tree) Restore() (changed []string, err error) {
	suspects := t.suspects()
	if len(suspects) == 0 {
		return nil, nil
	}
	var errs []error
	for _, i := range suspects {
		names, err := t.mend(i)
		if err != nil {
			errs = append(errs, fmt.Errorf("restore %s: %w", t.entries[i].path, err))
		}
		changed = append(changed, names...)
	}
	t.closeDirs(t.touched(suspects))
	if len(errs) == 0 {
		if err := t.restamp(); err != nil {
			errs = append(errs, fmt.Errorf("restore %s: %w", t.Dst, err))
		}
	}
	slices.Sort(changed)
	return changed, errors.Join(errs...)
}

// suspects returns the places of the entries that do not look as they did.
// Nothing is believed of what lies below a directory that is one no more.
func (t *Tree) suspects() (places []int) {
	lost := "" // such a directory with a slash
	for i := range t.entries {
		e := &t.entries[i]
		if lost != "" && strings.HasPrefix(e.path, lost) {
			places = append(places, i)
			continue
		}
		now, err := at(t.dir, e.path)
		if err == nil && now == e.now {
			continue
		}
		places = append(places, i)
		if e.now.kind() == unix.S_IFDIR && (err != nil || now.kind() != unix.S_IFDIR) && i > 0 {
			lost = e.path + "/"
		}
	}
	return places
}

// touched chooses the directories among the entries at places, and those that
// hold one of them.
func (t *Tree) touched(places []int) func(i int) bool {
	dirs := map[string]bool{}
	for _, i := range places {
		dirs[t.entries[i].path] = true
		dirs[parent(t.entries[i].path)] = true
	}
	return func(i int) bool { return dirs[t.entries[i].path] }
}

// parent returns the path of the directory that holds path.
func parent(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return "."
}

// mend puts entry i back and returns what was found different: the entry, or
// for a directory also what was added to it. Parents are mended before their
// children and stay writable until closeDirs.
func (t *Tree) mend(i int) (names []string, err error) {
	e := &t.entries[i]
	now, err := at(t.dir, e.path)
	same := err == nil && now.kind() == e.was.kind()
	if same && e.was.kind() == unix.S_IFDIR {
		return t.mendDir(i, now)
	}
	if !same || !t.sameContent(e, now) || now.perm() != e.now.perm() {
		names = []string{e.path}
	}
	if names == nil && now.ino == e.now.ino {
		return nil, setTimes(filepath.Join(t.Dst, e.path), e.was.mtime)
	}
	return names, t.remake(e)
}

// remake replaces e by a new copy of its original. Even where the content is
// right, a file that is not the one we made may be a link to the user's own.
func (t *Tree) remake(e *entry) error {
	if err := t.originalUnchanged(e); err != nil {
		return err
	}
	if err := t.unlockParent(e.path); err != nil {
		return err
	}
	if err := removeAll(filepath.Join(t.Dst, e.path)); err != nil {
		return err
	}
	return t.make(e)
}

// mendDir removes what was added to the directory at place i.
func (t *Tree) mendDir(i int, now stamp) (names []string, err error) {
	e := &t.entries[i]
	dst := filepath.Join(t.Dst, e.path)
	if now.perm() != e.now.perm() {
		names = append(names, e.path)
	}
	if i == 0 {
		err = unix.Chmod(dst, e.was.perm())
	} else {
		err = unix.Chmod(dst, 0o700)
	}
	if err != nil {
		return names, err
	}
	found, err := list(dst)
	if err != nil {
		return names, err
	}
	known := t.children(i)
	for _, name := range found {
		if known[name] {
			continue
		}
		path := strings.TrimPrefix(e.path+"/"+name, "./")
		names = append(names, path)
		if err := removeAll(filepath.Join(t.Dst, path)); err != nil {
			return names, err
		}
	}
	return names, nil
}

// children returns the names of the entries directly in the directory at i.
func (t *Tree) children(i int) map[string]bool {
	dir, names := t.entries[i].path, map[string]bool{}
	for _, e := range t.entries[i+1:] {
		if dir != "." && !strings.HasPrefix(e.path, dir+"/") {
			break // parents come first, and all below them next
		}
		if parent(e.path) == dir {
			names[filepath.Base(e.path)] = true
		}
	}
	return names
}

// unlockParent lets files be made and removed in the directory of path.
func (t *Tree) unlockParent(path string) error {
	dir := parent(path)
	if dir == "." {
		return nil
	}
	return unix.Chmod(filepath.Join(t.Dst, dir), 0o700)
}

// sameContent tells whether the copy of e, which is of the right type, holds
// what the original holds.
func (t *Tree) sameContent(e *entry, now stamp) bool {
	src, dst := filepath.Join(t.Src, e.path), filepath.Join(t.Dst, e.path)
	if e.was.kind() == unix.S_IFLNK {
		link, err := os.Readlink(dst)
		return err == nil && link == e.link
	}
	return now.size == e.was.size && t.originalUnchanged(e) == nil && sameBytes(src, dst)
}

// originalUnchanged checks that e's original is what was copied.
func (t *Tree) originalUnchanged(e *entry) error {
	src, err := at(unix.AT_FDCWD, filepath.Join(t.Src, e.path))
	if err != nil {
		return err
	}
	if src.kind() == unix.S_IFDIR && e.was.kind() == unix.S_IFDIR {
		return nil
	}
	if src.kind() != e.was.kind() || src.size != e.was.size || src.mtime != e.was.mtime {
		return errors.New("its original has changed meanwhile")
	}
	return nil
}

// sameBytes tells whether two files hold the same; no if one cannot be read.
func sameBytes(a, b string) bool {
	x, err := os.Open(a)
	if err != nil {
		return false
	}
	defer x.Close()
	y, err := os.OpenFile(b, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer y.Close()
	p, q := make([]byte, chunk), make([]byte, chunk)
	for {
		n, errX := io.ReadFull(x, p)
		m, errY := io.ReadFull(y, q)
		if !bytes.Equal(p[:n], q[:m]) {
			return false
		}
		if errX != nil || errY != nil {
			return atEnd(errX) && atEnd(errY)
		}
	}
}

// atEnd tells whether err of io.ReadFull is the end of a file.
func atEnd(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
