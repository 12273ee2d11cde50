package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Sweep removes from parent ("" is the system's temporary directory) the session
// directories that died with their owner. A directory goes only if it is
// provably ours (name, mark, user) and its owner provably gone: nobody holds the
// mark's lock, and no process with the mark's pid and start time exists. Where
// anything is in doubt it stays. Any number of sessions may sweep at once.
//
// It returns the paths that it removed, and an error that names what it should
// have removed but could not.
func Sweep(parent string) (removed []string, err error) {
	parent, err = tempDir(parent)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(parent)
	if err != nil {
		return nil, fmt.Errorf("sweep %s: %w", parent, err)
	}
	var errs []error
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), rootPrefix) {
			continue
		}
		dir := filepath.Join(parent, e.Name())
		switch done, err := sweepOne(dir); {
		case err != nil:
			errs = append(errs, fmt.Errorf("sweep %s: %w", dir, err))
		case done:
			removed = append(removed, dir)
		}
	}
	return removed, errors.Join(errs...)
}

// sweepOne removes dir if that is right.
func sweepOne(dir string) (bool, error) {
	mark, owner, err := readMark(dir)
	if err != nil {
		return false, nil // not provably ours
	}
	defer mark.Close()
	if lock(mark, unix.LOCK_EX) != nil || !owner.gone() || !isStill(mark) {
		return false, nil
	}
	if err := removeRoot(dir); err != nil {
		return false, err
	}
	return true, nil
}

// removeRoot removes a session's directory. The mark goes last: a removal that
// is interrupted leaves something that a later sweep still knows as ours.
func removeRoot(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("remove session directory: %w", err)
	}
	for _, e := range entries {
		if e.Name() == markName {
			continue
		}
		if strings.HasPrefix(e.Name(), cageNote) {
			if err := removeCage(filepath.Join(dir, e.Name())); err != nil {
				return fmt.Errorf("remove session directory: %w", err)
			}
		}
		if err := removeAll(filepath.Join(dir, e.Name())); err != nil {
			return fmt.Errorf("remove session directory: %w", err)
		}
	}
	if err := removeAll(dir); err != nil {
		return fmt.Errorf("remove session directory: %w", err)
	}
	return nil
}

// isStill tells whether f, which we have locked, is still what its path names.
// Another sweep may have removed it between our opening and our locking it, and
// a new session may have got its name.
func isStill(f *os.File) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(f.Name())
	return err == nil && os.SameFile(opened, named)
}
