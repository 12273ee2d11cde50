package supervisor

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"
)

// Grace is how long Terminate's callers usually let a child react to TERM.
const Grace = 2 * time.Second

// killLimit is how long a process may take to die of KILL. Only one that is
// inside the kernel, on a dead disk for example, takes longer. (A variable, as the
// other limits are, for the tests that reach it.)
var killLimit = 2 * time.Second

// ErrUnkillable is what Terminate returns for a child that KILL did not end.
var ErrUnkillable = errors.New("still alive after KILL")

// SignalGroup sends sig to the child's whole group, and to the leader itself
// where the leader is not in that group, so that nobody gets a signal twice
// (a second TERM means something else to a worker); KILL goes to both
// always. A child that is gone is no error, and one that was reaped is not
// signalled. Any number of goroutines may call it.
func SignalGroup(sig syscall.Signal, h *Handle) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.reaped || peek(h.PID) == gone {
		return nil
	}
	err := Kill(-h.PGID, sig)
	group, groupErr := syscall.Getpgid(h.PID)
	if err != nil || groupErr != nil || group != h.PGID || sig == syscall.SIGKILL {
		err = Kill(h.PID, sig)
	}
	if missing(err) {
		return nil
	}
	return err
}

// SignalAll sends sig to every registered group, as SignalGroup does; one that
// is gone or refuses does not stop the rest.
func SignalAll(sig syscall.Signal) {
	for _, h := range snapshot() {
		_ = SignalGroup(sig, h)
	}
}

// Terminate ends a child: TERM to its group, up to grace for it to go (see
// Grace; 0 or less: none), then KILL, then all that Reap does. It returns as
// soon as the child is gone. A stopped child is continued, so that it can
// obey. The error is the release's, or ErrUnkillable: then the child is still
// registered and nothing of it was released.
func Terminate(h *Handle, grace time.Duration) (Exit, error) {
	_ = SignalGroup(syscall.SIGTERM, h)
	_ = SignalGroup(syscall.SIGCONT, h)
	if !h.exitsWithin(grace) {
		_ = SignalGroup(syscall.SIGKILL, h)
		if !h.exitsWithin(killLimit) {
			return Exit{Code: -1}, fmt.Errorf("terminate %d: %w", h.PID, ErrUnkillable)
		}
	}
	return Reap(h)
}

// exitsWithin waits for the leader's exit, for limit at most.
func (h *Handle) exitsWithin(limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-h.Exited():
		return true
	case <-timer.C:
		return h.hasExited()
	}
}

// KillAndReapAll ends every registered child: first KILL to all groups and
// leaders, then each leader is reaped, then each is released. Children that
// start meanwhile are not in it, so a trap calls Shutdown first. It takes 2
// seconds at most for children that do not die of KILL, which stay registered,
// and the time of the releases.
func KillAndReapAll() {
	all := snapshot()
	for _, h := range all {
		_ = SignalGroup(syscall.SIGKILL, h)
	}
	ctx, cancel := context.WithTimeout(context.Background(), killLimit)
	defer cancel()
	var dead []*Handle
	for _, h := range all {
		select {
		case <-h.Exited():
			h.reapOnce.Do(h.reap)
			dead = append(dead, h)
		case <-ctx.Done():
		}
	}
	for _, h := range dead {
		h.releaseOnce.Do(h.release)
	}
}
