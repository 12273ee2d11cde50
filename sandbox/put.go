package sandbox

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// put is a file that a child's starter put beside Home and Tmp. It stays in a
// directory that is used again: to make and remove a file takes ext4 0.1 ms each.
type put struct {
	from string // what it is a link to; "" if it was written
	id   stamp
	size int
}

// Link puts the file at path into Dir under the given name and returns where it is:
// as a hard link or, across file systems and where links to other people's files
// are forbidden, as a copy that only the user may run. The link of an earlier child
// is used again.
func (s *Scratch) Link(path, name string) (string, error) {
	to := s.Dir + "/" + name
	if was, ok := s.puts[name]; ok && was.from == path {
		return to, nil
	}
	if err := s.unput(name); err != nil {
		return "", fmt.Errorf("link %s: %w", path, err)
	}
	if os.Link(path, to) != nil {
		if err := copyProgram(path, to); err != nil {
			return "", fmt.Errorf("copy %s: %w", path, err)
		}
		return to, nil
	}
	s.keep(name, put{from: path})
	return to, nil
}

// Write puts a file with this content, for this user only, into Dir under the given
// name and returns where it is. The file of an earlier child is written over, but
// never cut to nothing: ext4 would write it to the disk for that
// (mount option auto_da_alloc).
func (s *Scratch) Write(name string, content []byte) (string, error) {
	path := s.Dir + "/" + name
	if was, ok := s.puts[name]; ok && was.from == "" && len(content) > 0 {
		if err := overwrite(path, content, len(content) < was.size); err == nil {
			s.puts[name] = put{id: was.id, size: len(content)}
			return path, nil
		}
	}
	if err := s.unput(name); err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return "", err
	}
	s.keep(name, put{size: len(content)})
	return path, nil
}

// overwrite writes content over the beginning of a file, and cuts off what is
// longer.
func overwrite(path string, content []byte, cut bool) error {
	fd, err := unix.Open(path, unix.O_WRONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	n, err := unix.Pwrite(fd, content, 0)
	if err == nil && n < len(content) {
		err = io.ErrShortWrite
	}
	if err == nil && cut {
		err = unix.Ftruncate(fd, int64(len(content)))
	}
	return errors.Join(err, unix.Close(fd))
}

// keep remembers a file that was just put.
func (s *Scratch) keep(name string, p put) {
	var err error
	if p.id, err = at(unix.AT_FDCWD, s.Dir+"/"+name); err != nil {
		return // it is removed like any other
	}
	if s.puts == nil {
		s.puts = map[string]put{}
	}
	s.puts[name] = p
}

// unput removes a file that an earlier child had.
func (s *Scratch) unput(name string) error {
	if _, ok := s.puts[name]; !ok {
		return nil
	}
	delete(s.puts, name)
	return unix.Unlink(s.Dir + "/" + name)
}

// stays returns what was put under this name; false if it is not there as it was.
func (s *Scratch) stays(name string) (put, bool) {
	was, ok := s.puts[name]
	if !ok {
		return put{}, false
	}
	now, err := at(unix.AT_FDCWD, s.Dir+"/"+name)
	same := err == nil && now.dev == was.id.dev && now.ino == was.id.ino && now.mode == was.id.mode
	return was, same && (was.from != "" || now.size == int64(was.size))
}

// copyProgram makes to a copy of the program from.
func copyProgram(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o700)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
