package sandbox

import (
	"fmt"
	"syscall"
	"time"
)

// Quell ends the whole family, faster than it forks: STOP to the group at once
// (nobody in it forks any more) and to everyone else of the family until nobody
// new is found, then KILL until all are dead. The leader must not have been
// reaped, and is left to be reaped by its owner, like the orphans that this
// process adopts by it.
//
// signal sends one signal; with a negative pid, to a group. The error names how
// many still live after limit.
func (w *Watch) Quell(signal func(pid int, sig syscall.Signal) error, limit time.Duration) error {
	deadline := time.Now().Add(limit)
	w.family.stop(signal, deadline)
	for {
		w.family.send(signal, syscall.SIGKILL, nil)
		w.family.refresh(false)
		left := 0
		for _, p := range w.family.members {
			if !p.zombie {
				left++
			}
		}
		if left == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("kill family of process %d: %d still live after %v", w.family.leader, left, limit)
		}
		time.Sleep(time.Millisecond) // they die on their own processors
	}
}

// stop stops the family: two rounds in which nobody new was found end it, since
// an orphan counts only the second time it is seen.
func (f *family) stop(signal func(int, syscall.Signal) error, deadline time.Time) {
	done := map[int]bool{}
	for quiet := 0; quiet < 2 && time.Now().Before(deadline); {
		before := len(done)
		f.send(signal, syscall.SIGSTOP, done)
		f.refresh(false)
		if len(done) > before {
			quiet = 0
			continue
		}
		quiet++
	}
}

// send signals the group, and one by one the members outside it; those in done,
// which it fills, only once.
func (f *family) send(signal func(int, syscall.Signal) error, sig syscall.Signal, done map[int]bool) {
	// A member that has gone since it was seen is what we want.
	_ = signal(-f.leader, sig)
	for pid, p := range f.members {
		if p.zombie || p.group == f.leader || done[pid] {
			continue
		}
		_ = signal(pid, sig)
		if done != nil {
			done[pid] = true
		}
	}
}
