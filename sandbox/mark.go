package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// markName is the file by which a session's directory is known as ours.
const markName = "owner"

// cageNote begins the name of the file by which a process's cage is known as ours.
const cageNote = "cgroup."

// markTitle is its first line.
const markTitle = "evilution-go session directory 1"

// owner identifies one process for ever: a pid comes back, a pid with its start
// time does not, nor do both after another boot. Pids of another namespace say
// nothing here.
type owner struct {
	pid, start  string
	boot, space string
}

// String is the content of a mark, which parseMark reads.
func (o owner) String() string {
	return strings.Join([]string{markTitle, o.pid, o.start, o.boot, o.space, ""}, "\n")
}

// parseMark reads what String wrote; anything else is not ours.
func parseMark(s string) (owner, error) {
	l := strings.Split(s, "\n")
	if len(l) != 6 || l[0] != markTitle || l[5] != "" {
		return owner{}, errors.New("not a mark of ours")
	}
	return owner{l[1], l[2], l[3], l[4]}, nil
}

// writeMark marks dir as owned by this process and locks the mark.
func writeMark(dir string) (*os.File, error) {
	self, err := identify(os.Getpid())
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, markName), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if _, err := f.WriteString(self.String()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := lock(f, unix.LOCK_SH); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// joinMark opens the mark of dir, checks it and shares its lock.
func joinMark(dir string) (*os.File, error) {
	f, _, err := readMark(dir)
	if err != nil {
		return nil, err
	}
	if err := lock(f, unix.LOCK_SH); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// readMark opens and parses the mark of dir. Directory and mark must be what we
// make: not links, and this user's own.
func readMark(dir string) (*os.File, owner, error) {
	if err := ours(dir, unix.S_IFDIR); err != nil {
		return nil, owner{}, err
	}
	path := filepath.Join(dir, markName)
	if err := ours(path, unix.S_IFREG); err != nil {
		return nil, owner{}, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, owner{}, err
	}
	text := make([]byte, 1024)
	n, err := f.Read(text)
	if err != nil {
		return nil, owner{}, errors.Join(err, f.Close())
	}
	o, err := parseMark(string(text[:n]))
	if err != nil {
		return nil, owner{}, errors.Join(fmt.Errorf("read %s: %w", path, err), f.Close())
	}
	return f, o, nil
}

// ours checks that path is of the given type and belongs to this user.
func ours(path string, kind uint32) error {
	var st unix.Stat_t
	if err := unix.Lstat(path, &st); err != nil {
		return &os.PathError{Op: "lstat", Path: path, Err: err}
	}
	if uint32(st.Mode)&unix.S_IFMT != kind || int(st.Uid) != os.Geteuid() {
		return fmt.Errorf("use %s: not ours", path)
	}
	return nil
}

// errHeld tells that another process holds a lock.
var errHeld = errors.New("locked by another process")

// lock takes the lock on f without waiting: unix.LOCK_SH for members of a
// session, unix.LOCK_EX for who wants to remove it. A file system without locks
// gives no error: there the owner's pid and start time must do.
func lock(f *os.File, how int) error {
	for {
		switch err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB); err {
		case unix.EINTR:
		case unix.EWOULDBLOCK:
			return errHeld
		default:
			return nil
		}
	}
}

// gone tells whether the process that o names has provably ended.
func (o owner) gone() bool {
	self, err := identify(os.Getpid())
	if err != nil {
		return false
	}
	if o.boot != self.boot {
		return true // the machine was started again since
	}
	if o.space != self.space {
		return false
	}
	now, err := start(o.pid)
	return errors.Is(err, os.ErrNotExist) || err == nil && now != o.start
}
