package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// layer is an overlay mounted on its own lower directory. Only the thread of a room
// uses it.
type layer struct {
	dir     string // what is seen, and where
	scratch string
	mounts  int    // so many were made
	upper   string // of the current one, "" if there is none
	fresh   stamp  // of upper while nothing has been written
}

// mount mounts the overlay. Where its upper layer cannot be in scratch, which may be on
// an overlay itself, it is in memory.
func (l *layer) mount(dir, scratch string) error {
	l.dir, l.scratch = dir, scratch
	err := l.lay()
	if err != nil && unix.Mount("tmpfs", scratch, "tmpfs", 0, "mode=0700") == nil {
		err = l.lay()
	}
	return err
}

// reset makes the overlay show its lower directory again. As long as nothing is left
// of what was written, which is the usual case, the mount stays.
func (l *layer) reset() error {
	left, err := list(l.upper)
	if err != nil {
		return fmt.Errorf("reset overlay: %w", err)
	}
	now, err := at(unix.AT_FDCWD, l.upper)
	if err != nil {
		return fmt.Errorf("reset overlay: %w", err)
	}
	if len(left) == 0 && now.mode == l.fresh.mode {
		if now == l.fresh {
			return nil
		}
		if err = setTimes(l.dir, l.fresh.mtime); err == nil {
			l.fresh, err = at(unix.AT_FDCWD, l.upper)
		}
		return err
	}
	if err := l.unmount(); err != nil {
		return err
	}
	return l.lay()
}

// unmount takes the overlay away with what was written. Processes that have escaped may
// keep it for themselves until they are ended.
func (l *layer) unmount() error {
	if l.upper == "" {
		return nil
	}
	err := unix.Unmount(l.dir, 0) // quicker
	if err == unix.EBUSY {
		err = unix.Unmount(l.dir, unix.MNT_DETACH)
	}
	if err != nil {
		return fmt.Errorf("unmount overlay: %w", err)
	}
	upper := l.upper
	l.upper = ""
	return removeAll(filepath.Dir(upper))
}

// lay makes new, empty layers and mounts them.
func (l *layer) lay() error {
	l.mounts++
	place := filepath.Join(l.scratch, strconv.Itoa(l.mounts))
	upper, work := filepath.Join(place, "upper"), filepath.Join(place, "work")
	for _, dir := range []string{place, upper, work} {
		if err := unix.Mkdir(dir, 0o700); err != nil {
			return fmt.Errorf("mount overlay: %w", &os.PathError{Op: "mkdir", Path: dir, Err: err})
		}
	}
	if err := likeness(upper, l.dir); err != nil {
		return fmt.Errorf("mount overlay: %w", err)
	}
	if err := overlay(l.dir, upper, work); err != nil {
		return lacking("mount overlay on "+l.dir, err)
	}
	fresh, err := at(unix.AT_FDCWD, upper)
	l.upper, l.fresh = upper, fresh
	return err
}

// likeness gives the directory dir the mode and time of another, and its owner as far
// as this user can.
func likeness(dir, other string) error {
	var st unix.Stat_t
	if err := unix.Stat(other, &st); err != nil {
		return &os.PathError{Op: "stat", Path: other, Err: err}
	}
	_ = unix.Chown(dir, int(st.Uid), int(st.Gid))
	return errors.Join(unix.Chmod(dir, st.Mode&0o7777), setTimes(dir, unix.TimespecToNsec(st.Mtim)))
}

// overlay mounts upper over lower, on lower. The directories are named by descriptors,
// because the kernel takes commas and colons in paths for its own.
func overlay(lower, upper, work string) error {
	options := ""
	for _, d := range []struct{ name, path string }{{"lowerdir", lower}, {"upperdir", upper}, {"workdir", work}} {
		fd, err := unix.Open(d.path, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		if err != nil {
			return &os.PathError{Op: "open", Path: d.path, Err: err}
		}
		defer unix.Close(fd)
		options += fmt.Sprintf(",%s=/proc/thread-self/fd/%d", d.name, fd)
	}
	err := unix.Mount("overlay", lower, "overlay", 0, "userxattr"+options)
	if err == unix.EINVAL { // before Linux 5.11
		err = unix.Mount("overlay", lower, "overlay", 0, options[1:])
	}
	return err
}
