package sandbox

import (
	"fmt"
	"time"
)

// Quell ends the whole family, faster than it forks: STOP until nobody new is
// found, then KILL until all are dead. The leader must not have been reaped, and
// is left to be reaped by its owner, like the orphans that this process adopts
// by it. The error names how many still live after limit.
func (w *Watch) Quell(limit time.Duration) error {
	deadline := time.Now().Add(limit)
	w.family.stop(deadline)
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
