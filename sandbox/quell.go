package sandbox

import (
	"fmt"
	"syscall"
	"time"
)

// Quell ends the whole family, faster than it forks: no more births in the cage or,
// without one, STOP until nobody new is found; then KILL until all are dead. The leader must not have been reaped, and
// is left to be reaped by its owner, like the orphans that this process adopts
// by it. The error names how many still live after limit.
func (w *Watch) Quell(limit time.Duration) error {
	deadline := time.Now().Add(limit)
	if w.family.Cage.works() {
		w.family.Cage.allow(0)
		w.family.empty(deadline)
	} else {
		w.family.stop(deadline)
	}
	for {
		w.family.kill()
		w.family.refresh(false)
		left := w.family.living()
		if left == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("kill family of process %d: %d still live after %v", w.family.leader, left, limit)
		}
		time.Sleep(time.Millisecond) // they die on their own processors
	}
}

// empty kills who is in the cage until nobody is. Beside some hundred processes there
// is little time, so it does nothing else.
func (f *family) empty(deadline time.Time) {
	for left := true; left && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		left = false
		_ = f.Signal(-f.leader, syscall.SIGKILL)
		f.Cage.each(func(pid int) {
			left = true
			_ = f.Signal(pid, syscall.SIGKILL)
		})
	}
}
