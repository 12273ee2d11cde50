package isolation

import (
	"math"
	"runtime"
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
		{"nothing", 200 * ms, func(time.Duration) time.Duration { return 30 * ms }, 220 * ms},
		{"works", 200 * ms, func(at time.Duration) time.Duration { return at }, 0},
		{"works at first", 200 * ms, func(at time.Duration) time.Duration { return min(at, 400*ms) }, 600 * ms},
		{"looks after itself", 200 * ms, func(at time.Duration) time.Duration { return 30*ms + at/100 }, 220 * ms},
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
				if why := i.passed(start.Add(at), &rest{active: func() time.Duration { return test.used(at) }}, time.Second); why == byIdleness {
					got = at
				} else if why != "" {
					t.Fatalf("%s after %v", why, at)
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
	nothing := &rest{active: func() time.Duration { return 0 }}
	var i idleness
	i.begin(200*time.Millisecond, start)
	if i.passed(start.Add(50*time.Millisecond), nothing, time.Hour) != "" {
		t.Fatal("at once")
	}
	i.delay(time.Second)
	if i.passed(start.Add(1200*time.Millisecond), nothing, time.Hour) != "" {
		t.Error("the pause counts")
	}
	if i.passed(start.Add(1300*time.Millisecond), nothing, time.Hour) != byIdleness {
		t.Error("not even afterwards")
	}
}

// rest is a family that says how long it was active, and may be stuck for a while.
type rest struct {
	active func() time.Duration
	stuck  time.Duration
}

func (r *rest) Active() time.Duration           { return r.active() }
func (r *rest) Stuck(within time.Duration) bool { return within <= r.stuck }

// TestDeadlockIsProved: by two looks between which nobody has run, and a third one while
// it is looked whether they wait for each other.
func TestDeadlockIsProved(t *testing.T) {
	const ms = time.Millisecond
	for _, test := range []struct {
		name   string
		active []time.Duration // as it is asked
		stuck  time.Duration
		want   []ending // of the looks
	}{
		{"stuck", []time.Duration{5 * ms, 5 * ms, 5 * ms}, math.MaxInt64, []ending{"", byDeadlock}},
		{"stuck from the start", []time.Duration{0, 0, 0}, math.MaxInt64, []ending{"", byDeadlock}},
		{"stuck for longer than its time", []time.Duration{5 * ms, 5 * ms, 5 * ms}, time.Minute, []ending{"", byRest}},
		{"stuck for less than its time", []time.Duration{5 * ms, 5 * ms, 5 * ms}, time.Second, []ending{"", "", ""}},
		{"has run before", []time.Duration{5 * ms, 6 * ms, 6 * ms, 6 * ms}, math.MaxInt64, []ending{"", "", byDeadlock}},
		{"has run meanwhile", []time.Duration{5 * ms, 5 * ms, 5*ms + 1, 5*ms + 1, 5*ms + 1}, math.MaxInt64, []ending{"", "", "", byDeadlock}},
		{"unknown", []time.Duration{-1, -1, -1}, math.MaxInt64, []ending{"", "", ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			start := time.Unix(1, 0)
			var i idleness
			i.begin(0, start)
			asked := 0
			family := &rest{stuck: test.stuck, active: func() time.Duration {
				asked++
				return test.active[min(asked, len(test.active))-1]
			}}
			for n, want := range test.want {
				at := start.Add(time.Duration(n+1) * lookEvery)
				if got := i.passed(at, family, 10*time.Second); got != want {
					t.Errorf("look %d: %q, want %q", n+1, got, want)
				}
			}
		})
	}
}

// TestDeadlock: what waits for nothing but itself does not get all its time, and what
// sleeps for less than that does.
func TestDeadlock(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("this platform does not tell what a thread waits for")
	}
	root := open(t)
	for behaviour, cause := range map[string]string{"second waits for itself": CauseDeadlock, "second sleeps for an hour": ""} {
		o := order(t, behaviour)
		o.Tests = []string{"TestA", "TestB"}
		out := mustRun(t, root, o)
		if out.Verdict != Timeout || !out.Certain || !out.Again || out.Cause != cause || out.Test != "TestB" || out.Wall > limit/2 {
			t.Errorf("%v %q in %q after %v: %s", out.Verdict, out.Cause, out.Test, out.Wall, out.Detail)
		}
	}
	o := order(t, "second sleeps")
	o.Tests = []string{"TestA", "TestB"}
	if out := mustRun(t, root, o); out.Verdict != Passed {
		t.Errorf("%v: %s", out.Verdict, out.Detail)
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
