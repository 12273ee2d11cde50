package sandbox

import (
	"os"

	"golang.org/x/sys/unix"
)

// Return gives the directory back once the child and all its descendants have
// ended. One whose Home and Tmp the child left as it got them, which is the
// usual case, is kept for the next Scratch with the same prefix: to make and
// remove three directories costs more than half a millisecond. Any other is
// removed, as by Remove.
func (s *Scratch) Return() error {
	if !s.pristine() {
		return s.Remove()
	}
	r := s.root
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.spare == nil {
		r.spare = map[string][]*Scratch{}
	}
	r.spare[s.prefix] = append(r.spare[s.prefix], s)
	return nil
}

// pristine takes away the files beside Home and Tmp that were not put there by
// Link or Write, and tells whether nothing else is in the directory then.
func (s *Scratch) pristine() bool {
	if !untouched(s.Home) || !untouched(s.Tmp) {
		return false
	}
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		return false
	}
	stay := make(map[string]put, len(s.puts))
	for _, e := range entries {
		path := s.Dir + "/" + e.Name()
		if path == s.Home || path == s.Tmp {
			continue
		}
		if p, ok := s.stays(e.Name()); ok {
			stay[e.Name()] = p
			continue
		}
		if unix.Unlink(path) != nil { // a directory, which is none of ours
			return false
		}
	}
	s.puts = stay
	return true
}

// untouched tells whether dir is a directory for this user only and empty.
func untouched(dir string) bool {
	fd, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	f := os.NewFile(uintptr(fd), dir)
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Mode() != os.ModeDir|0o700 {
		return false
	}
	names, err := f.Readdirnames(1)
	return len(names) == 0 && err != nil // io.EOF
}

// reuse returns a spare directory, or nil.
func (r *Root) reuse(prefix string) *Scratch {
	r.mu.Lock()
	defer r.mu.Unlock()
	spares := r.spare[prefix]
	if len(spares) == 0 {
		return nil
	}
	s := spares[len(spares)-1]
	r.spare[prefix] = spares[:len(spares)-1]
	return s
}

// dropSpares removes the spare directories; r.mu is held.
func (r *Root) dropSpares() {
	for _, spares := range r.spare {
		for _, s := range spares {
			if removeAll(s.Dir) != nil {
				r.stuck[s.Dir] = true
			}
		}
	}
	r.spare = nil
}
