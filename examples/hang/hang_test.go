package hang

import (
	"testing"
	"time"
)

func TestSteps(t *testing.T) {
	if got := Steps(6); got != 8 {
		t.Errorf("Steps(6) = %d, want 8", got)
	}
}

func TestPoll(t *testing.T) {
	var first time.Time
	ready := func() bool {
		if first.IsZero() {
			first = time.Now()
		}
		return time.Since(first) > 10*time.Millisecond
	}
	pause := func() { time.Sleep(time.Millisecond) }
	if got := Poll(ready, pause); got < 2 {
		t.Errorf("Poll asked %d times, want at least 2", got)
	}
}
