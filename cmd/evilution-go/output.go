package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// checkOutput tells whether a report can be written to path, without changing
// what is there. It is asked before the run.
func checkOutput(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%s: is a directory", path)
	default:
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		if err := file.Close(); err != nil || !info.Mode().IsRegular() {
			return err
		}
	}
	return checkDirectory(path)
}

// checkDirectory makes a file beside path and removes it: this is how path will be
// replaced.
func checkDirectory(path string) error {
	file, err := pending(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, errors.Unwrap(err))
	}
	return file.Cleanup()
}

// writeOutput replaces what path holds by what fill writes. A reader at the same
// time sees the old text or the new one. What is no regular file, such as a named
// pipe, is written directly.
func writeOutput(path string, fill func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(fill(file), file.Close())
	}
	file, err := pending(path)
	if err != nil {
		return err
	}
	if err := fill(file); err != nil {
		return errors.Join(err, file.Cleanup())
	}
	return errors.Join(file.CloseAtomicallyReplace(), file.Cleanup())
}

// pending is a new file beside path, or beside what path is a link to. It gets
// the permissions of the one that it replaces.
func pending(path string) (*renameio.PendingFile, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithPermissions(0o666), renameio.WithExistingPermissions())
}
