package sandbox

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// stamp is what one stat call tells about a file. Whatever changes a file
// changes its ctime, which no program can set.
type stamp struct {
	dev, ino     uint64
	mode         uint32 // with its type
	size         int64
	mtime, ctime int64 // nanoseconds since 1970
}

// kind is the file's type, one of unix.S_IF….
func (s stamp) kind() uint32 { return s.mode & unix.S_IFMT }

// perm is what chmod sets.
func (s stamp) perm() uint32 { return s.mode & 0o7777 }

// at reads the stamp of the file at path, relative to the open directory dir
// (unix.AT_FDCWD: to the working directory), and does not follow a link.
func at(dir int, path string) (stamp, error) {
	var st unix.Stat_t
	for {
		switch err := unix.Fstatat(dir, path, &st, unix.AT_SYMLINK_NOFOLLOW); err {
		case nil:
			return stampOf(&st), nil
		case unix.EINTR:
		default:
			return stamp{}, &os.PathError{Op: "lstat", Path: path, Err: err}
		}
	}
}

// visit is called for a file and tells whether to look into it, if it is a
// directory. unreadable is why it could not be listed: then it is the second
// call for that directory.
type visit func(rel string, s stamp, unreadable error) (descend bool, err error)

// walk calls v for everything below dir, parents first, in the order of names.
// It leaves out .git and session directories of ours. rel uses slashes.
func walk(dir string, v visit) error { return walkIn(dir, "", v) }

func walkIn(dir, rel string, v visit) error {
	names, err := list(filepath.Join(dir, rel))
	if err != nil {
		return err
	}
	for _, name := range names {
		path := name
		if rel != "" {
			path = rel + "/" + name
		}
		full := filepath.Join(dir, path)
		s, err := at(unix.AT_FDCWD, full)
		if errors.Is(err, os.ErrNotExist) {
			continue // it went while we looked
		}
		if err != nil {
			return err
		}
		if name == ".git" || s.kind() == unix.S_IFDIR && isSession(full) {
			continue
		}
		descend, err := v(path, s, nil)
		if err == nil && descend && s.kind() == unix.S_IFDIR {
			err = walkIn(dir, path, v)
			if errors.Is(err, os.ErrPermission) {
				_, err = v(path, s, err)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isSession tells whether dir is a session's directory, ours or another's.
func isSession(dir string) bool {
	if !strings.HasPrefix(filepath.Base(dir), rootPrefix) {
		return false
	}
	f, _, err := readMark(dir)
	if err != nil {
		return false
	}
	_ = f.Close() // it was only read
	return true
}

// list returns the names in a directory, sorted.
func list(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

// settle waits until a change to any file would get a ctime later than the
// given one: file systems take the time from a clock that ticks every few
// milliseconds, and two changes within a tick look like one.
func settle(ctime int64) {
	for fileClock() <= ctime {
		time.Sleep(500 * time.Microsecond)
	}
}
