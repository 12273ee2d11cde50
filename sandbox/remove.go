package sandbox

import (
	"io/fs"
	"os"
	"path/filepath"
)

// removeAll removes path and all in it. A test may have made its directories
// unreadable, and a process that was just killed may still be adding files, so
// it opens directories and tries again. It never follows a symbolic link.
func removeAll(path string) error {
	err := os.RemoveAll(path)
	for try := 0; err != nil && try < 3; try++ {
		unlockDirs(path)
		err = os.RemoveAll(path)
	}
	return err
}

// unlockDirs lets this user read and change path and every directory in it.
func unlockDirs(path string) {
	visit := func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return fs.SkipDir
		}
		if e.IsDir() {
			// What cannot be opened shows as RemoveAll's own error.
			_ = os.Chmod(name, 0o700)
		}
		return nil
	}
	_ = filepath.WalkDir(path, visit)
}
