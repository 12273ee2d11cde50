package supervisor

import (
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"
)

// Handle is what one child owns on the parent's side. Spawn makes it; a
// literal with PID and PGID set works as well for a child started elsewhere,
// once it has been given to [Register].
//
// The exported fields are set before the handle is registered and are not
// changed afterwards. A handle must not be copied.
type Handle struct {
	// PID is the leader's process id, always above 1.
	PID int
	// PGID is the process group that is signalled and swept; equal to PID for
	// every child that Spawn starts.
	PGID int
	// Files are the parent's ends of the child's pipes, closed on release.
	Files []*os.File
	// SandboxDir is the child's scratch directory, for those who look at the
	// registry. On release it is removed by Options.Release or, where there
	// is none, with os.RemoveAll.
	SandboxDir string

	outer     bool          // stops its own children when it hears TSTP
	remove    func() error  // Options.Release
	announced chan struct{} // closed when the OnSpawn hook has returned; nil for literals

	watch  sync.Once
	exited chan struct{}

	mu     sync.Mutex // guards what follows, and every signal to this child
	reaped bool
	exit   Exit

	reapOnce    sync.Once
	releaseOnce sync.Once
	releaseErr  error
}

// Exit says how a child ended.
type Exit struct {
	// Code is the exit code, 0 to 255, or -1 when a signal ended the child or
	// when somebody else had reaped it.
	Code int
	// Signal is the signal that ended the child, 0 if none did.
	Signal syscall.Signal
	// MaxRSS is the largest resident memory of the child, or of a descendant
	// that it waited for, in bytes.
	MaxRSS int64
	// CPU is the user and system time of the child and of the descendants
	// that it waited for.
	CPU time.Duration
}

// String gives the exit in words: "exit status 3", "signal: killed".
func (e Exit) String() string {
	switch {
	case e.Signal != 0:
		return "signal: " + e.Signal.String()
	case e.Code < 0:
		return "exit status unknown"
	}
	return fmt.Sprintf("exit status %d", e.Code)
}

// Exited returns a channel that is closed when the leader has exited. The
// leader is not reaped by that: it stays a zombie, its pid and group stay
// pinned, until Reap, ReapNonblock or Terminate is called. The first call
// starts the one goroutine a handle may have; it ends with the child.
func (h *Handle) Exited() <-chan struct{} {
	h.watch.Do(func() {
		h.exited = make(chan struct{})
		exit := h.openExit()
		go func() {
			defer close(h.exited)
			exit.wait()
		}()
	})
	return h.exited
}

// ExitsWithin waits until the leader has exited, for limit at most, and tells whether
// it has. Like Exited it reaps nothing; it starts no goroutine where the kernel can
// wake a caller by itself (Linux 5.10), so it is the cheaper one for short lives.
func (h *Handle) ExitsWithin(limit time.Duration) bool {
	if exited, timed := h.openExit().until(time.Now().Add(limit)); timed {
		return exited
	}
	return h.exitsWithin(limit)
}

// openExit prepares to wait for the leader's exit.
func (h *Handle) openExit() exitWait {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.reaped {
		return exitWait{}
	}
	return openExit(h.PID)
}

// unwatched waits for the goroutine of Exited, and sees to it that there will be none if
// there has been none: it must not outlive the pid that it watches. The leader has
// exited.
func (h *Handle) unwatched() {
	h.watch.Do(func() {
		h.exited = make(chan struct{})
		close(h.exited)
	})
	<-h.exited
}

// Exit returns how the child ended; false until it has been reaped.
func (h *Handle) Exit() (Exit, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.exit, h.reaped
}

// hasExited reports whether the leader has exited or is no child of ours any
// more, without reaping and without waiting.
func (h *Handle) hasExited() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.reaped || peek(h.PID) != running
}

// childState is what a look at a child, without reaping it, can tell.
type childState int

const (
	running childState = iota // alive, possibly stopped
	zombie                    // exited and not reaped: the pid is pinned
	gone                      // no child of this process (any more)
)

// exitOf translates what wait4 returned.
func exitOf(status syscall.WaitStatus, usage *syscall.Rusage) Exit {
	e := Exit{Code: status.ExitStatus(), MaxRSS: maxRSS(usage)}
	e.CPU = time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	if status.Signaled() {
		e.Code, e.Signal = -1, status.Signal()
	}
	return e
}
