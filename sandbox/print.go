package sandbox

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"
)

// Print is the fingerprint of a directory at one moment: names, types, modes
// and contents of all in it, but for .git and session directories of ours.
type Print struct {
	dir   string
	files map[string]mark
}

// mark is what a Print keeps of a file.
type mark struct {
	stamp
	sum  [sha256.Size]byte // of a file; of one that cannot be read all zero
	link string            // of a symbolic link
}

// Fingerprint reads the directory dir with all files in it. It is a pure value
// afterwards. What this user cannot read is judged by stat alone; the error
// names what could not even be found.
func Fingerprint(dir string) (*Print, error) {
	p := &Print{dir: dir, files: map[string]mark{}}
	err := walk(dir, func(rel string, s stamp, unreadable error) (bool, error) {
		m, err := p.read(rel, s)
		p.files[rel] = m
		return true, err
	})
	if err != nil {
		return nil, fmt.Errorf("fingerprint %s: %w", dir, err)
	}
	return p, nil
}

// Held tells whether the file at a relative path was there.
func (p *Print) Held(rel string) bool {
	_, held := p.files[rel]
	return held
}

// Changed returns what differs now: relative paths with slashes, sorted,
// changed, added or removed. Bytes are read only of files whose stat differs;
// one that was rewritten with what it held has not changed, nor has a
// directory whose only change is in what it holds.
func (p *Print) Changed() ([]string, error) {
	var changed []string
	found := make(map[string]bool, len(p.files))
	err := walk(p.dir, func(rel string, s stamp, unreadable error) (bool, error) {
		found[rel] = true
		before, known := p.files[rel]
		same, err := false, error(nil)
		if known {
			same, err = p.same(rel, before, s)
		}
		if !same && unreadable == nil {
			changed = append(changed, rel)
		}
		return true, err
	})
	if err != nil {
		return nil, fmt.Errorf("compare %s with its fingerprint: %w", p.dir, err)
	}
	for rel := range p.files {
		if !found[rel] {
			changed = append(changed, rel)
		}
	}
	slices.Sort(changed)
	return changed, nil
}

// same tells whether the file rel, whose stamp is s now, is as it was.
func (p *Print) same(rel string, before mark, s stamp) (bool, error) {
	if before.stamp == s {
		return true, nil
	}
	if s.mode != before.mode || s.kind() == unix.S_IFREG && s.size != before.size {
		return false, nil
	}
	now, err := p.read(rel, s)
	return now.sum == before.sum && now.link == before.link, err
}

// read takes the content of the file rel.
func (p *Print) read(rel string, s stamp) (m mark, err error) {
	m.stamp = s
	path := filepath.Join(p.dir, rel)
	switch s.kind() {
	case unix.S_IFLNK:
		m.link, err = os.Readlink(path)
	case unix.S_IFREG:
		m.sum, err = digest(path)
	}
	if errors.Is(err, os.ErrPermission) || errors.Is(err, os.ErrNotExist) {
		err = nil // it cannot be read, or has just gone: stat must do
	}
	return m, err
}

// digest returns the SHA-256 of a file.
func digest(path string) (sum [sha256.Size]byte, err error) {
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum, fmt.Errorf("read %s: %w", path, err)
	}
	h.Sum(sum[:0])
	return sum, nil
}
