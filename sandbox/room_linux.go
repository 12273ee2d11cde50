package sandbox

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// Room is a place with [Walls] for the children of this process, one at a time: a thread
// of its own in namespaces of its own, of which children are born. The process itself
// stays outside, and nothing else of the machine sees what is mounted in there. Nothing
// holds the namespaces but that thread and the children: they are gone with the last of
// them, however that ended.
//
// It takes the rights of root (CAP_SYS_ADMIN) in the user namespace of this process. A
// process with threads, as any of Go's, cannot enter a new user namespace to get them.
//
// A nil Room has no walls.
type Room struct {
	walls   Walls
	scratch string // for the layers of the overlay
	layer   layer
	calls   chan func() // to the thread
	left    chan struct{}
	group   string // the control group that the thread has entered, "" for none
}

// newRoom opens a room that keeps its layers in the directory scratch.
func newRoom(w Walls, scratch string) (*Room, error) {
	r := &Room{walls: w, scratch: scratch, calls: make(chan func()), left: make(chan struct{})}
	built := make(chan error)
	go r.live(built)
	if err := <-built; err != nil {
		<-r.left
		return nil, err
	}
	return r, nil
}

// live is the goroutine of the thread; both end together, when the calls do. (Go makes
// no threads from a thread that is locked, so no other gets into the namespaces.)
func (r *Room) live(built chan<- error) {
	runtime.LockOSThread()
	if unix.Gettid() == unix.Getpid() {
		// The main thread cannot end before its process, and /proc/self means it.
		go r.live(built)
		<-r.left
		runtime.UnlockOSThread()
		return
	}
	defer close(r.left)
	if err := r.build(); err != nil {
		built <- err
		return
	}
	built <- nil
	for call := range r.calls {
		call()
	}
}

// build puts up the walls around this thread.
func (r *Room) build() error {
	flags := 0
	if r.walls.Net {
		flags |= unix.CLONE_NEWNET
	}
	if r.walls.Overlay != "" {
		flags |= unix.CLONE_NEWNS | unix.CLONE_FS
	}
	if err := unix.Unshare(flags); err != nil {
		return lacking("make namespaces", err)
	}
	if r.walls.Net {
		if err := loopback(); err != nil {
			return lacking("bring up the loopback of a network namespace", err)
		}
	}
	if r.walls.Overlay == "" {
		return nil
	}
	// Whatever is mounted from now on stays in here.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return lacking("keep mounts private", err)
	}
	return r.layer.mount(r.walls.Overlay, r.scratch)
}

// lacking explains the usual refusal.
func lacking(what string, err error) error {
	if errors.Is(err, unix.EPERM) {
		return fmt.Errorf("%s: %w (it takes root, with CAP_SYS_ADMIN)", what, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// loopback brings up the only interface of a new network namespace.
func loopback() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	lo.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	return unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, lo)
}

// Do calls do on the thread of the room, so that paths mean in it what they mean in
// there. In a nil Room it is just called.
func (r *Room) Do(do func() error) (err error) {
	if r == nil {
		return do()
	}
	done := make(chan struct{})
	r.calls <- func() {
		defer close(done)
		err = do()
	}
	<-done
	return err
}

// Forker is what supervisor.Options calls to make a child in the room and, at the same
// time, in the cage, of which either may be nil.
func (r *Room) Forker(c *Cage) func(attr *syscall.SysProcAttr, fork func() (int, error)) (int, error) {
	if r == nil {
		return c.Fork
	}
	return func(attr *syscall.SysProcAttr, fork func() (pid int, err error)) (pid int, err error) {
		here := func() (int, error) {
			err := r.Do(func() (err error) {
				r.join(c.threaded())
				pid, err = fork()
				return err
			})
			return pid, err
		}
		if c.threaded() != "" {
			return here()
		}
		return c.Fork(attr, here)
	}
}

// join moves the thread into a control group of version 1, or back to where it was.
func (r *Room) join(group string) {
	to := group
	if to == "" && r.group != "" {
		to = filepath.Dir(r.group)
	}
	if group != r.group && enter(to) == nil {
		r.group = group
	}
}

// Reset takes away what children have written, all of which must have ended.
func (r *Room) Reset() error {
	if r == nil || r.walls.Overlay == "" {
		return nil
	}
	return r.Do(r.layer.reset)
}

// Close ends the thread and with it the namespaces; children must have ended.
func (r *Room) Close() error {
	if r == nil {
		return nil
	}
	err := r.Do(func() error {
		r.join("")
		return r.layer.unmount()
	})
	close(r.calls)
	<-r.left
	return errors.Join(err, removeAll(r.scratch))
}
