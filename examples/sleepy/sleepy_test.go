package sleepy

import (
	"testing"
	"time"
)

const pause = 20 * time.Millisecond

// TestAwait is answered with yes the third time.
func TestAwait(t *testing.T) {
	asked := 0
	ready := func() bool { asked++; return asked == 3 }
	if !Await(ready, 5, pause) || asked != 3 {
		t.Errorf("no answer after %d times", asked)
	}
}

// TestAwaitForNothing is never answered with yes.
func TestAwaitForNothing(t *testing.T) {
	asked := 0
	ready := func() bool { asked++; return false }
	if Await(ready, 4, pause) || asked != 4 {
		t.Errorf("asked %d times, want 4", asked)
	}
}
