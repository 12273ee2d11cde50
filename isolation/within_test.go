package isolation

import (
	"testing"
	"time"
)

// The time of a test is its own: what the tests before it left of the whole
// child's time is not spent on it.
func TestEachTestHasItsTime(t *testing.T) {
	root := open(t)
	o := order(t, "second hangs")
	o.Tests = []string{"TestA", "TestB"}
	o.Loops = []Loop{{Wall: limit}, {Wall: 200 * time.Millisecond}}
	out := mustRun(t, root, o)
	if out.Verdict != Timeout || out.Test != "TestB" {
		t.Fatalf("%v in %q: %s", out.Verdict, out.Test, out.Detail)
	}
	if out.Wall < 200*time.Millisecond || out.Wall > limit/2 {
		t.Errorf("took %v", out.Wall)
	}
	if want := "not finished after 200ms"; out.Detail != want {
		t.Errorf("%q, want %q", out.Detail, want)
	}
}

// A test without a bound of its own has what the whole child has.
func TestNoTimeOfItsOwn(t *testing.T) {
	root := open(t)
	o := order(t, "second hangs")
	o.Limits.Wall = 300 * time.Millisecond
	o.Tests = []string{"TestA", "TestB"}
	o.Loops = []Loop{{Wall: 50 * time.Millisecond}}
	if out := mustRun(t, root, o); out.Verdict != Timeout || out.Wall < o.Limits.Wall {
		t.Errorf("%v after %v: %s", out.Verdict, out.Wall, out.Detail)
	}
}
