package sandbox

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Scratch is what one child may write to: Home and Tmp, two empty directories
// in Dir. The rest of Dir is for what its starter puts beside the child.
type Scratch struct {
	Dir, Home, Tmp string

	root   *Root
	prefix string
	puts   map[string]put // by Link and Write, by name
}

// Scratch makes a fresh directory in r whose name begins with prefix, or takes
// one that was returned as good as fresh; a short prefix keeps paths short. The
// caller must Return or Remove it once the child and all its descendants have
// ended.
func (r *Root) Scratch(prefix string) (*Scratch, error) {
	r.again()
	if s := r.reuse(prefix); s != nil {
		return s, nil
	}
	dir, err := makeDir(r.Dir, prefix, 5)
	if err != nil {
		return nil, fmt.Errorf("make scratch directory: %w", err)
	}
	s := &Scratch{Dir: dir, Home: dir + "/h", Tmp: dir + "/t", root: r, prefix: prefix}
	for _, d := range []string{s.Home, s.Tmp} {
		if err := unix.Mkdir(d, 0o700); err != nil {
			_ = s.Remove() // remembered by r if it does not go
			return nil, fmt.Errorf("make scratch directory: %w", &os.PathError{Op: "mkdir", Path: d, Err: err})
		}
	}
	return s, nil
}

// Remove removes the directory with all in it. If that does not work the error
// says why, and the Root tries again later: when it makes further directories,
// and when it is closed. Remove may be called again.
func (s *Scratch) Remove() error { return s.root.remove(s.Dir) }

// again goes through what is stuck, at most once a second.
func (r *Root) again() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.stuck) > 0 && time.Since(r.tried) > time.Second {
		_ = r.retry() // they stay in r.stuck
	}
}
