package isolation

import (
	"testing"
	"time"
)

func TestIdleness(t *testing.T) {
	const ms = time.Millisecond
	start := time.Unix(1, 0)
	for _, test := range []struct {
		name  string
		bound time.Duration
		used  func(at time.Duration) time.Duration
		want  time.Duration // when the bound is passed; 0: never
	}{
		{"no bound", 0, func(time.Duration) time.Duration { return 0 }, 0},
		{"nothing", 200 * ms, func(time.Duration) time.Duration { return 30 * ms }, 250 * ms},
		{"works", 200 * ms, func(at time.Duration) time.Duration { return at }, 0},
		{"works at first", 200 * ms, func(at time.Duration) time.Duration { return min(at, 400*ms) }, 600 * ms},
		{"looks after itself", 200 * ms, func(at time.Duration) time.Duration { return 30*ms + at/100 }, 250 * ms},
		{"a member has gone", 200 * ms, func(at time.Duration) time.Duration {
			if at < 100*ms {
				return 500 * ms
			}
			return 20 * ms
		}, 300 * ms},
		{"unknown later", 200 * ms, func(at time.Duration) time.Duration {
			if at < 100*ms {
				return 5 * ms
			}
			return -1
		}, 0},
		{"unknown", 200 * ms, func(time.Duration) time.Duration { return -1 }, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			var i idleness
			i.begin(test.bound, start)
			got := time.Duration(0)
			for at := 5 * ms; at < time.Second && got == 0; at += 5 * ms {
				if i.passed(start.Add(at), func() time.Duration { return test.used(at) }) {
					got = at
				}
			}
			if got != test.want {
				t.Errorf("passed after %v, want %v", got, test.want)
			}
		})
	}
}

// TestIdlenessDelayed: a pause of everybody is nobody's idleness.
func TestIdlenessDelayed(t *testing.T) {
	start := time.Unix(1, 0)
	nothing := func() time.Duration { return 0 }
	var i idleness
	i.begin(200*time.Millisecond, start)
	if i.passed(start.Add(50*time.Millisecond), nothing) {
		t.Fatal("at once")
	}
	i.delay(time.Second)
	if i.passed(start.Add(1200*time.Millisecond), nothing) {
		t.Error("the pause counts")
	}
	if !i.passed(start.Add(1300*time.Millisecond), nothing) {
		t.Error("not even afterwards")
	}
}

// TestNothingToDo: a test that waits for nothing is given up early, if that is asked
// for, and one that works is not.
func TestNothingToDo(t *testing.T) {
	root := open(t)
	o := order(t, "second hangs")
	o.Tests = []string{"TestA", "TestB"}
	o.Loops = []Loop{{}, {Wall: limit, Idle: 300 * time.Millisecond}}
	out := mustRun(t, root, o)
	if out.Verdict != Timeout || out.Test != "TestB" || out.Wall > limit/2 {
		t.Fatalf("%v in %q after %v: %s", out.Verdict, out.Test, out.Wall, out.Detail)
	}
	if want := "nothing done for 300ms"; out.Detail != want {
		t.Errorf("%q, want %q", out.Detail, want)
	}
	o = order(t, "second spins")
	o.Tests = []string{"TestA", "TestB"}
	o.Loops = []Loop{{}, {Wall: 3 * time.Second, Idle: time.Second}}
	if out := mustRun(t, root, o); out.Verdict != Timeout || out.Detail != "not finished after 3s" {
		t.Errorf("%v: %s", out.Verdict, out.Detail)
	}
}
