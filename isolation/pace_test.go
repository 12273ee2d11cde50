package isolation

import (
	"testing"
	"time"
)

// A child with a pace is stopped and goes on, again and again, and is not taken for idle
// meanwhile.
func TestPace(t *testing.T) {
	o := order(t, "until it was stopped twice")
	o.Tests, o.Loops = []string{"TestA"}, []Loop{{Idle: 300 * time.Millisecond}}
	o.Pace = Pace{Go: little - time.Millisecond, Stop: 600 * time.Millisecond}
	if out := mustRun(t, open(t), o); out.Verdict != Passed {
		t.Errorf("%v: %s", out.Verdict, out.Detail)
	}
}

// One that is stopped when its time is up ends all the same.
func TestStoppedAtItsEnd(t *testing.T) {
	o := order(t, "second spins")
	o.Pace = Pace{Go: 50 * time.Millisecond, Stop: limit}
	o.Limits.Wall = 300 * time.Millisecond
	if out := mustRun(t, open(t), o); out.Verdict != Timeout || out.Wall > limit/2 {
		t.Errorf("%v after %v: %s", out.Verdict, out.Wall, out.Detail)
	}
}
