package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Cage is a control group of this process's own, in which a child with a bound on
// processes starts. The kernel then refuses to make more than may be, however
// little time there is to count; without a cage (nil), which most users of most
// machines do not get, there is the counting alone.
//
// The kernel counts threads, a bound is about processes. So a Watch lets the cage
// hold so many more threads than it holds now as there may be more processes, and
// moves that limit whenever it counts. Go's runtime tries for 0.2 s to get a
// thread that is refused; should a child end otherwise than well after a refusal,
// without having too many processes, then its end proves nothing, see
// [Watch.Refused].
//
// A cage serves one child at a time.
type Cage struct {
	dir    string
	group  *os.File    // for clone, version 2 of control groups
	starts chan func() // to the thread that is in the group, version 1
	left   chan struct{}
	files  [3]int // descriptors, by the constants below
	limit  int    // what pids.max says
	before int    // refusals when the current child began
	buf    []byte
}

// The files of a cage.
const (
	cageMax = iota
	cageCurrent
	cageEvents
)

// newCage makes a cage for the session whose directory is dir; nil if this process
// may not have one. Its path is noted in dir before it is made, so that whoever
// removes dir can remove the group too.
func newCage(dir string) *Cage {
	place, unified, ok := pidsGroup()
	if !ok {
		return nil
	}
	pid := strconv.Itoa(os.Getpid())
	c := &Cage{dir: filepath.Join(place, filepath.Base(dir)+"."+pid), files: [3]int{-1, -1, -1}, buf: make([]byte, 32<<10)}
	note := filepath.Join(dir, cageNote+pid)
	if err := os.WriteFile(note, []byte(c.dir), 0o600); err != nil {
		return nil
	}
	if err := c.open(unified); err != nil {
		c.close()
		if removeCage(note) == nil {
			_ = os.Remove(note) // goes with its directory at the latest
		}
		return nil
	}
	return c
}

// open makes the group and opens what is needed of it.
func (c *Cage) open(unified bool) (err error) {
	if err := unix.Mkdir(c.dir, 0o700); err != nil {
		return err
	}
	for i, name := range []string{"pids.max", "pids.current", "pids.events"} {
		flags := unix.O_RDONLY
		if i == cageMax {
			flags = unix.O_WRONLY
		}
		if c.files[i], err = unix.Open(c.dir+"/"+name, flags|unix.O_CLOEXEC, 0); err != nil {
			return err
		}
	}
	if unified {
		c.group, err = os.Open(c.dir)
		return err
	}
	entered := make(chan error)
	c.starts, c.left = make(chan func()), make(chan struct{})
	go c.start(entered)
	return <-entered
}

// start is a goroutine whose thread is in the group and calls what it is sent. It
// ends with the channel, after its thread has gone back. (Go makes no threads from a
// thread that is locked, so no other gets into the group.)
func (c *Cage) start(entered chan<- error) {
	defer close(c.left)
	runtime.LockOSThread()
	if err := enter(c.dir); err != nil {
		entered <- err
		return // the thread ends, too, or does nothing any more
	}
	entered <- nil
	for call := range c.starts {
		call()
	}
	if enter(filepath.Dir(c.dir)) == nil {
		runtime.UnlockOSThread()
	}
}

// enter moves this thread into a group of version 1.
func enter(dir string) error {
	return os.WriteFile(dir+"/tasks", []byte(strconv.Itoa(unix.Gettid())), 0)
}

// close gives back all but the group itself.
func (c *Cage) close() {
	if c == nil {
		return
	}
	for _, fd := range c.files {
		if fd >= 0 {
			_ = unix.Close(fd)
		}
	}
	if c.group != nil {
		_ = c.group.Close() // opened for reading
	}
	if c.starts != nil {
		close(c.starts)
		<-c.left
	}
}

// Fork calls fork so that the process it makes, with attr, is born in the cage.
func (c *Cage) Fork(attr *syscall.SysProcAttr, fork func() (int, error)) (pid int, err error) {
	switch {
	case c == nil:
		return fork()
	case c.group != nil:
		attr.UseCgroupFD, attr.CgroupFD = true, int(c.group.Fd())
		if pid, err = fork(); err == nil {
			return pid, nil
		}
		// An old kernel, or one that does not let us: then without, for good.
		attr.UseCgroupFD = false
		_ = c.group.Close()
		c.group = nil
		return fork()
	case c.starts == nil:
		return fork()
	}
	done := make(chan struct{})
	c.starts <- func() {
		defer close(done)
		pid, err = fork()
	}
	<-done
	return pid, err
}

// threaded is the group that a thread must enter for its children to be born in the
// cage, "" if there is none or that takes no thread.
func (c *Cage) threaded() string {
	if c == nil || c.starts == nil {
		return ""
	}
	return c.dir
}

// works tells whether children are born in the cage.
func (c *Cage) works() bool { return c != nil && (c.group != nil || c.starts != nil) }

// begin prepares the cage for a child.
func (c *Cage) begin(most int) {
	if c != nil {
		c.allow(c.threads() + room(most))
		c.before = c.refusals()
	}
}

// threads is how many threads the cage holds now, zombies included.
func (c *Cage) threads() int {
	if c == nil {
		return 0
	}
	return atoi(c.read(cageCurrent))
}

// allow sets how many threads the cage may hold.
func (c *Cage) allow(n int) {
	if c != nil && n != c.limit {
		if _, err := unix.Pwrite(c.files[cageMax], strconv.AppendInt(nil, int64(n), 10), 0); err == nil {
			c.limit = n
		}
	}
}

// refused tells whether the cage has been full since begin.
func (c *Cage) refused() bool { return c != nil && c.refusals() > c.before }

// refusals is how often the cage has been full.
func (c *Cage) refusals() int { return atoi(bytes.TrimPrefix(c.read(cageEvents), []byte("max "))) }

// each calls visit with the pids of all living processes of the cage but this one.
func (c *Cage) each(visit func(pid int)) {
	if c == nil {
		return
	}
	// Version 1 tells who kept this file open what it said before.
	fd, err := unix.Open(c.dir+"/cgroup.procs", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	n, _ := unix.Read(fd, c.buf)
	_ = unix.Close(fd)
	for line := range bytes.Lines(c.buf[:max(n, 0)]) {
		if pid := atoi(line); pid > 0 && pid != os.Getpid() {
			visit(pid)
		}
	}
}

// read returns the beginning of a file of the cage, until the next read.
func (c *Cage) read(file int) []byte {
	n, _ := unix.Pread(c.files[file], c.buf, 0) // there, as long as the cage is
	return c.buf[:max(n, 0)]
}

// removeCage removes the group that a note names, one of this session, with the groups
// that its child made in it; all are empty, as the kernel sees to. Processes that were killed take a moment to leave, and on a busy
// machine some hundred of them take a second.
func removeCage(note string) error {
	text, err := os.ReadFile(note)
	if err != nil {
		return err
	}
	dir := string(text)
	if !filepath.IsAbs(dir) || !strings.HasPrefix(filepath.Base(dir), filepath.Base(filepath.Dir(note))+".") {
		return fmt.Errorf("remove control group: %s names %q", note, dir)
	}
	for try := 0; ; try++ {
		err := removeGroups(dir)
		switch {
		case err == nil, errors.Is(err, os.ErrNotExist):
			return nil
		case err != unix.EBUSY || try == 300:
			return fmt.Errorf("remove control group %s: %w", dir, err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// removeGroups removes a group after those in it.
func removeGroups(dir string) error {
	below, _ := os.ReadDir(dir) // what is not there has none
	for _, e := range below {
		if e.IsDir() {
			_ = removeGroups(dir + "/" + e.Name()) // or dir stays, too
		}
	}
	return unix.Rmdir(dir)
}
