package isolation

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Rule 8: a result that comes between the last look and the exit is not lost.
func TestLifecycle8_ResultThenExit(t *testing.T) {
	root := open(t)
	o := order(t, "pass")
	for i := range 100 {
		if out := mustRun(t, root, o); out.Verdict != Passed || !out.Done || len(out.Tests) != 2 {
			t.Fatalf("round %d: %v %s", i, out.Verdict, out.Detail)
		}
	}
	out := mustRun(t, root, order(t, "100 KiB at the very end"))
	if out.Verdict != Passed || len(out.Rest) != 1 || len(out.Rest[0].Mutants) != 30_000 {
		t.Fatalf("%v %s", out.Verdict, out.Detail)
	}
}

// Rule 8: what a good child tells arrives as it was told.
func TestLifecycle8_Told(t *testing.T) {
	out := mustRun(t, open(t), order(t, "fail"))
	if out.Hello.PID == 0 || !slices.Equal(out.Hello.Tests, []string{"TestA", "TestB"}) || out.Hello.Packages[0] != (Package{"example.com/p", 3, 7}) {
		t.Errorf("hello %+v", out.Hello)
	}
	if len(out.Tests) != 2 || out.Tests[1].Test != "TestB" || out.Tests[1].Code != 1 || out.Tests[1].Wall != 1500*time.Microsecond {
		t.Errorf("tests %+v", out.Tests)
	}
	if out.Exit.Code != 1 || out.Code != 1 || out.Wall <= 0 || out.Exit.MaxRSS <= 0 {
		t.Errorf("%+v", out)
	}
}

// Rule 9, and letters f and g of section 6: a frame that is foreign, torn, too
// long, or that cannot come now costs this one run, at once, and no other.
func TestLifecycle9_WrongFrames(t *testing.T) {
	root := open(t)
	for _, c := range []struct{ behaviour, detail string }{
		{"forged token", "check token: frame is foreign"},
		{"stray text", "too long"},
		{"torn", "unexpected EOF"},
		{"20 MiB", "read frame of 20971520 bytes: frame is too long"},
		{"no msgpack", "frame is malformed"},
		{"wrong types", "decode frame"},
		{"done before hello", `frame "done" before hello`},
		{"end without start", "end of TestA without its start"},
		{"done within a test", "done within TestA"},
		{"unknown kind", `unknown kind "verdict"`},
		{"two hellos", "hello of process"},
	} {
		before := time.Now()
		o := order(t, c.behaviour)
		o.Set["ALIVE"] = newLife(t).path
		out := mustRun(t, root, o)
		if out.Verdict != Broken || !strings.Contains(out.Detail, c.detail) {
			t.Errorf("%s: %v: %s", c.behaviour, out.Verdict, out.Detail)
		}
		if took := time.Since(before); took > limit/2 {
			t.Errorf("%s: ended only after %v", c.behaviour, took)
		}
		if out := mustRun(t, root, order(t, "pass")); out.Verdict != Passed {
			t.Errorf("after %s: %v: %s", c.behaviour, out.Verdict, out.Detail)
		}
	}
}

// Section 6, letter f: half a frame does not hang anybody past the deadline,
// and is not blamed when it was our deadline that cut it.
func TestLifecycleF_HalfAFrame(t *testing.T) {
	o := order(t, "torn, then waits")
	o.Set["ALIVE"] = newLife(t).path
	o.Limits.Wall = 300 * time.Millisecond
	before := time.Now()
	out := mustRun(t, open(t), o)
	if out.Verdict != Timeout {
		t.Errorf("%v: %s", out.Verdict, out.Detail)
	}
	if took := time.Since(before); took > limit/2 {
		t.Errorf("took %v", took)
	}
}

// Section 6, letter g: writes to every descriptor but the agent's own reach
// nobody.
func TestLifecycleG_StrayWrites(t *testing.T) {
	if out := mustRun(t, open(t), order(t, "writes everywhere")); out.Verdict != Passed {
		t.Errorf("%v: %s", out.Verdict, out.Detail)
	}
}

// Rule 9: the code under test may close all it finds; that is its own loss.
func TestLifecycle9_ClosedDescriptors(t *testing.T) {
	o := order(t, "closes everything")
	o.Set["ALIVE"] = newLife(t).path
	o.Limits.Wall = 500 * time.Millisecond
	if out := mustRun(t, open(t), o); out.Verdict != Timeout {
		t.Errorf("%v: %s", out.Verdict, out.Detail)
	}
}

// Rule 10: a slow frame is not a broken frame.
func TestLifecycle10_PauseWithinAFrame(t *testing.T) {
	if out := mustRun(t, open(t), order(t, "pause within a frame")); out.Verdict != Passed {
		t.Errorf("%v: %s", out.Verdict, out.Detail)
	}
}

// Rule 11: payloads far above a pipe's buffer arrive whole.
func TestLifecycle11_LargePayload(t *testing.T) {
	out := mustRun(t, open(t), order(t, "5 MiB"))
	if out.Verdict != Passed || len(out.Tests) != 1 {
		t.Fatalf("%v: %s", out.Verdict, out.Detail)
	}
	ticks := out.Tests[0].Reach[0].Ticks
	for i, n := range ticks {
		if n != uint64(i)|1<<40 {
			t.Fatalf("ticks[%d] is %d", i, n)
		}
	}
	if len(ticks) != 600_000 {
		t.Errorf("%d ticks", len(ticks))
	}
}

// Section 6, letter k: a child that exits by itself is killed, not an error.
func TestLifecycleK_ExitIsACrash(t *testing.T) {
	if out := mustRun(t, open(t), order(t, "exit 3")); out.Verdict != Crashed || out.Cause != CauseExit || out.Test != "TestA" {
		t.Errorf("%v %s in %q: %s", out.Verdict, out.Cause, out.Test, out.Detail)
	}
}
