package sandbox

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// rootPrefix begins the name of every session's directory.
const rootPrefix = "evilution-go-"

// Root is the directory of one session, shared by the process that opened it
// and its workers. The zero value is of no use; see [Open] and [OpenExisting].
type Root struct {
	// Dir is the directory's absolute path.
	Dir string

	owns bool
	mark *os.File // holds the lock; closed on exec

	mu     sync.Mutex
	stuck  map[string]bool // directories that could not be removed yet
	tried  time.Time       // when stuck was last gone through
	closed bool
	spare  map[string][]*Scratch // by prefix; see Return

	known seen // what the last Watch knew of the system's processes

	cage  *Cage // free to be taken; nil: none, or a child has it
	caged bool  // a cage was made, or could not be
}

// Open makes a session's directory under parent ("" is the system's temporary
// directory) and marks it as owned by this process. The caller must [Root.Close]
// it, which removes it; if the process dies first, a later [Sweep] does.
func Open(parent string) (*Root, error) {
	parent, err := tempDir(parent)
	if err != nil {
		return nil, err
	}
	dir, err := makeDir(parent, rootPrefix, 6)
	if err != nil {
		return nil, fmt.Errorf("open session directory: %w", err)
	}
	mark, err := writeMark(dir)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open session directory: %w", err), removeAll(dir))
	}
	return &Root{Dir: dir, owns: true, mark: mark, stuck: map[string]bool{}}, nil
}

// OpenExisting joins the session whose directory is dir, as its workers do. As
// long as any process of a session lives, no sweep touches its directory. Close
// gives back what this process made and leaves the directory to its owner.
func OpenExisting(dir string) (*Root, error) {
	mark, err := joinMark(dir)
	if err != nil {
		return nil, fmt.Errorf("open session directory %s: %w", dir, err)
	}
	return &Root{Dir: dir, mark: mark, stuck: map[string]bool{}}, nil
}

// Close removes what could not be removed before and, for the one who opened
// it, the whole directory. All children must have ended. Where something
// cannot be removed the error names it, the mark stays for a later [Sweep], and
// Close may be called again. A closed Root stays closed.
func (r *Root) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	r.dropSpares()
	if err := r.retry(); err != nil {
		return err
	}
	r.cage.close()
	r.cage = nil
	if r.owns {
		if err := removeRoot(r.Dir); err != nil {
			return err
		}
	}
	r.closed = true
	return r.mark.Close()
}

// TakeCage returns a cage for one child with these limits; nil where there is none,
// or another child has it, or nothing bounds the child's processes. It is given
// back by [Watch.Close], or by GiveCage if no child came to be.
func (r *Root) TakeCage(l Limits) *Cage {
	r.mu.Lock()
	defer r.mu.Unlock()
	if l.Processes == 0 || r.closed {
		return nil
	}
	if !r.caged {
		r.caged, r.cage = true, newCage(r.Dir)
	}
	c := r.cage
	r.cage = nil
	c.begin(l.Processes)
	return c
}

// GiveCage takes back what TakeCage returned.
func (r *Root) GiveCage(c *Cage) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c == nil {
		return
	}
	if r.closed {
		c.close()
		return
	}
	r.cage = c
}

// Stuck lists the directories that could not be removed so far, sorted.
func (r *Root) Stuck() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(r.stuck))
}

// remove removes dir, which lies in r, or remembers it.
func (r *Root) remove(dir string) error {
	err := removeAll(dir)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.stuck[dir] = true
		return fmt.Errorf("remove scratch directory: %w", err)
	}
	delete(r.stuck, dir)
	return nil
}

// retry tries once more to remove what is stuck; r.mu is held.
func (r *Root) retry() error {
	var errs []error
	r.tried = time.Now()
	for dir := range r.stuck {
		if err := removeAll(dir); err != nil {
			errs = append(errs, fmt.Errorf("remove scratch directory: %w", err))
			continue
		}
		delete(r.stuck, dir)
	}
	return errors.Join(errs...)
}

// tempDir resolves parent, so that paths within are absolute and hold no
// symbolic link (macOS has one in its temporary directory).
func tempDir(parent string) (string, error) {
	if parent == "" {
		parent = os.TempDir()
	}
	abs, err := filepath.Abs(parent)
	if err == nil {
		abs, err = filepath.EvalSymlinks(abs)
	}
	if err != nil {
		return "", fmt.Errorf("find temporary directory: %w", err)
	}
	return abs, nil
}

// makeDir makes a new directory for this user only, named prefix and n random
// characters.
func makeDir(parent, prefix string, n int) (string, error) {
	limit := uint64(1)
	for range n {
		limit *= 36
	}
	for try := 0; ; try++ {
		dir := parent + "/" + prefix + strconv.FormatUint(rand.Uint64N(limit), 36)
		err := unix.Mkdir(dir, 0o700)
		if err == nil {
			return dir, nil
		}
		if err != unix.EEXIST || try == 10_000 {
			return "", &os.PathError{Op: "mkdir", Path: dir, Err: err}
		}
	}
}
