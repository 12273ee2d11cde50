package agent_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCrashesLeaveTheirFrames(t *testing.T) {
	m := instrumented(t)
	for _, c := range []struct {
		test string
		code int
	}{{"TestExitZero", 2}, {"TestExitThree", 3}, {"TestPanic", 2}} {
		m.run(t, "wild", "mode clean\ntest TestOK\ntest "+c.test+"\ntest TestOK\n").tells(t, c.code,
			"hello", "start TestOK", "end TestOK 0", "start "+c.test)
	}
	m.run(t, "wild", "mode clean\ntest TestGoexit\ntest TestOK\ntest TestFail\ntest TestPrint\n").tells(t, 1, "hello",
		"start TestGoexit", "end TestGoexit 1", "start TestOK", "end TestOK 0",
		"start TestFail", "end TestFail 1", "start TestPrint", "end TestPrint 0", "done 1")
}

// Tests that close or replace the descriptor end in an error that nobody takes
// for a verdict, and nothing is written into a stranger's file.
func TestLostPipe(t *testing.T) {
	m := instrumented(t)
	for _, test := range []string{"TestCloseAll", "TestReplaceAll"} {
		o := m.run(t, "wild", "mode clean\ntest "+test+"\ntest TestOK\n")
		o.tells(t, 87, "hello", "start "+test)
		if !strings.Contains(o.output, "result pipe was closed") {
			t.Errorf("%s: output\n%s", test, o.output)
		}
	}
	replaced, err := os.ReadFile(filepath.Join(m.dir, "wild", "replaced"))
	if err != nil || len(replaced) > 0 {
		t.Errorf("the stranger's file has %q, %v", replaced, err)
	}
}

func TestImpossibleOrders(t *testing.T) {
	m := instrumented(t)
	for _, c := range []struct{ order, cause string }{
		{"mode clean\ntest TestOK\ntest TestMissing\n", "no test TestMissing"},
		{"mode mutant\nmutant x.y/m/other 1\n", "package x.y/m/other"},
		{"mode clean\nunknown\n", "not understood: unknown"},
		{"\n", "not understood"},
		{"mode record\ncounters /no/such/directory/c\n", "map /no/such"},
	} {
		o := m.run(t, "wild", c.order)
		o.tells(t, 87)
		if !strings.Contains(o.output, c.cause) {
			t.Errorf("%q: output\n%s", c.order, o.output)
		}
	}
	m.run(t, "calc", "mode mutant\nmutant x.y/m/calc 7\n").tells(t, 87)
}

func TestMains(t *testing.T) {
	m := instrumented(t)
	o := m.run(t, "mains/twice", "mode clean\n")
	o.tells(t, 1, "hello", "start TestOnce", "end TestOnce 0", "start TestFailsFirst", "end TestFailsFirst 1", "done 1",
		"start TestOnce", "end TestOnce 0", "start TestFailsFirst", "end TestFailsFirst 0", "done 0")
	if !strings.HasPrefix(o.output, "set up\n") || !strings.HasSuffix(o.output, "tear down 1 0\n") {
		t.Error(o.output)
	}
	o = m.run(t, "mains/twice", "mode clean\nstop first\ntest TestFailsFirst\ntest TestOnce\n")
	o.tells(t, 1, "hello", "start TestFailsFirst", "end TestFailsFirst 1", "done 1", "done 1")
	if !strings.HasSuffix(o.output, "tear down 1 1\n") {
		t.Error(o.output)
	}
	m.run(t, "mains/never", "mode clean\n").tells(t, 0)
	o = m.run(t, "mains/library", "mode clean\n")
	o.tells(t, 1, "hello", "start TestGood", "end TestGood 0", "start TestBad", "end TestBad 1", "done 1")
	if !strings.HasSuffix(o.output, "verified 1\n") {
		t.Error(o.output)
	}
	m.run(t, "mains/library", "mode clean\ntest TestGood\n").tells(t, 0,
		"hello", "start TestGood", "end TestGood 0", "done 0")
}
