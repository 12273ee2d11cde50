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
	asked := 0
	ready := func() bool {
		if asked++; asked == 1 {
			first = time.Now()
		}
		return asked > 3 && time.Since(first) > 10*time.Millisecond // even where a pause takes long
	}
	pause := func() { time.Sleep(time.Millisecond) }
	if got := Poll(ready, pause); got < 2 {
		t.Errorf("Poll asked %d times, want at least 2", got)
	}
}
