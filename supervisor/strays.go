package supervisor

import (
	"fmt"
	"slices"
	"sync/atomic"
	"syscall"
	"time"
)

// subreaper is true once BecomeSubreaper has succeeded.
var subreaper atomic.Bool

// ReapStrays kills and reaps every child of this process that is not in the
// registry, again and again until there is none: processes that escaped from
// their group (setsid) or outlived their parent, and that came to this process
// because it is a subreaper. It gives up after limit (1 s is the rule) and
// then returns an error that names one of those left. The result is how many
// processes were reaped.
//
// The end of every child calls it in a process that is a subreaper, before the
// child's sandbox is removed, so callers need it only after something else
// than a child of Spawn may have left processes. It never waits for "any
// child", so it takes no exit from Reap, and children that are being started
// by Spawn are safe from it. Children started by other means are not: they
// count as strays unless they are registered.
func ReapStrays(limit time.Duration) (killed int, err error) {
	deadline := time.Now().Add(limit)
	for pause := 50 * time.Microsecond; ; pause = min(2*pause, 5*time.Millisecond) {
		found, reaped, err := strayPass()
		killed += reaped
		if err != nil || len(found) == 0 {
			return killed, err
		}
		if reaped == len(found) {
			continue // their children are ours now
		}
		if time.Now().After(deadline) {
			return killed, fmt.Errorf("reap strays: %d of them, process %d: %w", len(found)-reaped, found[0], ErrUnkillable)
		}
		time.Sleep(pause)
	}
}

// strayPass kills all strays there are and reaps those that are dead.
func strayPass() (found []int, reaped int, err error) {
	startLock.Lock()
	defer startLock.Unlock()
	if found, err = strays(); err != nil {
		return nil, 0, fmt.Errorf("reap strays: %w", err)
	}
	for _, pid := range found {
		killStray(pid)
	}
	for _, pid := range found {
		if _, ok := wait(pid); ok {
			reaped++
		}
	}
	return found, reaped, nil
}

// killStray kills an unreaped child that has no handle, and with it its group,
// which it pins even as a zombie: who forks faster than it can be listed does
// not fork faster than a group is killed. Groups of registered children are
// spared, should the stray have joined one. The caller holds the start lock.
func killStray(pid int) {
	group, err := syscall.Getpgid(pid)
	if err == nil && !slices.ContainsFunc(snapshot(), func(h *Handle) bool { return h.PGID == group }) {
		_ = Kill(-group, syscall.SIGKILL)
	}
	_ = Kill(pid, syscall.SIGKILL)
}

// AdoptGroup ends what a dead worker left of a child that it had announced:
// it kills the group pgid if that group's leader has become an unregistered
// child of this process, and then all other strays, as ReapStrays does. The
// number alone proves nothing (it may be somebody else's by now), being our
// child does. Call it after the worker has been reaped: not before that do its
// children come to this process, and the worker's Reap has usually done it all.
// It returns an error for a registered group and what ReapStrays returns.
func AdoptGroup(pgid int) error {
	if isRegistered(pgid) {
		return fmt.Errorf("adopt group %d: is registered", pgid)
	}
	if err := killOrphans(pgid); err != nil {
		return err
	}
	_, err := ReapStrays(strayLimit)
	return err
}
