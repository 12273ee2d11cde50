package supervisor

import (
	"syscall"
)

// Reap waits until the child has exited, without a limit of its own (wait for
// Exited first where there must be one), and ends it: the group is swept with
// KILL while the zombie still pins its number, the leader is reaped, the
// handle leaves the registry, then its files are closed and its sandbox is
// removed. The error is the release's alone.
//
// Any number of goroutines may call it, any number of times; the first does
// the work, all return when it is done, with the same result. A leader that
// somebody else had reaped is no error: nothing is signalled then, and the
// exit is unknown (Code -1, Signal 0).
func Reap(h *Handle) (Exit, error) {
	<-h.Exited()
	err := h.finish()
	exit, _ := h.Exit()
	return exit, err
}

// ReapNonblock is Reap for those who poll: it returns false at once while the
// child runs, and the child stays registered so that a trap can still reach
// it. Once the child has exited it does all that Reap does, in one step, and
// returns true. The error is the release's.
func ReapNonblock(h *Handle) (bool, error) {
	if !h.hasExited() {
		return false, nil
	}
	h.unwatched()
	return true, h.finish()
}

// finish ends a child that has exited.
func (h *Handle) finish() error {
	h.reapOnce.Do(h.reap)
	h.releaseOnce.Do(h.release)
	return h.releaseErr
}

// reap sweeps the group, reaps the leader and drops the handle from the
// registry. Nothing in it waits; the start lock makes it one step for those
// who start children or look for strays, h.mu for those who send signals.
func (h *Handle) reap() {
	startLock.Lock()
	defer startLock.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.exit = Exit{Code: -1}
	if peek(h.PID) == zombie {
		_ = Kill(-h.PGID, syscall.SIGKILL) // nobody left there is the usual case
		if exit, ok := wait(h.PID); ok {
			h.exit = exit
		}
	}
	h.reaped = true
	forget(h)
}

// wait reaps a child if it is a zombie. The caller holds the start lock.
func wait(pid int) (Exit, bool) {
	var status syscall.WaitStatus
	var usage syscall.Rusage
	var got int
	err := retry(func() (err error) {
		got, err = syscall.Wait4(pid, &status, syscall.WNOHANG|wallOption, &usage)
		return err
	})
	if err != nil || got != pid {
		return Exit{}, false
	}
	return exitOf(status, &usage), true
}
