package agent_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestNoOrder(t *testing.T) {
	m := instrumented(t)
	o := m.run(t, "calc", "")
	if o.code != 0 || !strings.HasSuffix(o.output, "PASS\n") || strings.Count(o.output, "PASS") != 1 {
		t.Errorf("exit %d:\n%s", o.code, o.output)
	}
	o = m.run(t, "wild", "", "-test.run=OK|Fail")
	if o.code != 1 || !strings.Contains(o.output, "--- FAIL: TestFail") {
		t.Errorf("exit %d:\n%s", o.code, o.output)
	}
}

func TestClean(t *testing.T) {
	o := instrumented(t).run(t, "calc", "mode clean\n")
	if o.code != 0 || o.err != nil {
		t.Fatalf("exit %d, %v:\n%s", o.code, o.err, o.output)
	}
	hello := o.frames[0]
	var names []string
	for _, name := range hello["tests"].([]any) {
		names = append(names, name.(string))
	}
	const all = "TestBubble TestAdd TestAddZero TestPositive TestAlwaysPositive TestTable TestFind TestFindElsewhere TestSpin " +
		"TestParallel TestSkipped TestChdir TestHelper TestHelperSeesNoPipe TestHelperProcess FuzzAdd ExampleAdd"
	if got := strings.Join(names, " "); got != all {
		t.Errorf("tests %s, want %s", got, all)
	}
	pkg := hello["packages"].([]any)[0].(map[string]any)
	if pkg["path"] != "x.y/m/calc" || pkg["funcs"] != int64(5) || pkg["mutants"] != int64(6) {
		t.Errorf("packages %v", hello["packages"])
	}
	want := []string{"hello"}
	for _, name := range names {
		want = append(want, "start "+name, "end "+name+" 0")
	}
	o.tells(t, 0, append(want, "done 0")...)
	if n := strings.Count(o.output, "PASS\n"); n != len(names) {
		t.Errorf("%d times PASS for %d tests:\n%s", n, len(names), o.output)
	}
}

func TestOrderIsKept(t *testing.T) {
	m := instrumented(t)
	m.run(t, "calc", "mode clean\ntest ExampleAdd\ntest TestFind\ntest FuzzAdd\ntest TestFind\n").tells(t, 0, "hello",
		"start ExampleAdd", "end ExampleAdd 0", "start TestFind", "end TestFind 0",
		"start FuzzAdd", "end FuzzAdd 0", "start TestFind", "end TestFind 0", "done 0")
	m.run(t, "calc", "mode clean\nwhole\ntest TestFind\ntest TestParallel\n", "-test.v").tells(t, 0,
		"hello", "start ", "end  0", "done 0")
}

func TestMutant(t *testing.T) {
	m := instrumented(t)
	m.run(t, "calc", "mode mutant\nmutant x.y/m/calc 1\n"+
		"test TestFind\ntest TestAddZero\ntest TestParallel\ntest FuzzAdd\ntest ExampleAdd\n").tells(t, 1, "hello",
		"start TestFind", "end TestFind 0", "start TestAddZero", "end TestAddZero 0",
		"start TestParallel", "end TestParallel 1", "start FuzzAdd", "end FuzzAdd 1",
		"start ExampleAdd", "end ExampleAdd 1", "done 1")
	m.run(t, "calc", "mode mutant\nmutant x.y/m/calc 1\nstop first\n"+
		"test TestFind\ntest TestAdd\ntest FuzzAdd\n").tells(t, 1, "hello",
		"start TestFind", "end TestFind 0", "start TestAdd", "end TestAdd 1", "done 1")
	m.run(t, "calc", "mode mutant\nmutant x.y/m/calc 3\ntest TestAlwaysPositive\ntest TestPositive\n").tells(t, 1,
		"hello", "start TestAlwaysPositive", "end TestAlwaysPositive 0",
		"start TestPositive", "end TestPositive 1", "done 1")
	m.run(t, "calc", "mode mutant\nmutant x.y/m/calc 2\ntest TestPositive\n").tells(t, 0,
		"hello", "start TestPositive", "end TestPositive 0", "done 0")
}

// A helper process with an environment of its own runs the mutant, and writes
// nothing to the worker.
func TestMutantInHelper(t *testing.T) {
	o := instrumented(t).run(t, "calc", "mode mutant\nmutant x.y/m/calc 1\ntest TestHelper\n")
	o.tells(t, 1, "hello", "start TestHelper", "end TestHelper 1", "done 1")
	if !strings.Contains(o.output, "helper says -1") {
		t.Error(o.output)
	}
}

func TestRecord(t *testing.T) {
	m := instrumented(t)
	order := "mode record\ncounters " + t.TempDir() + "/c\n" +
		"test TestAddZero\ntest TestAdd\ntest TestPositive\ntest TestAlwaysPositive\n" +
		"test TestHelper\ntest TestTable\ntest TestFind\n"
	want := []string{"hello", "init [4 3 3][3 4]",
		"start TestAddZero", "end TestAddZero 0 [1 2 0][]", // of both packages
		"start TestAdd", "end TestAdd 0 [1 1 1][]",
		"start TestPositive", "end TestPositive 0 [2 2 0 3 2 1][2 2]",
		"start TestAlwaysPositive", "end TestAlwaysPositive 0 [2 1 0 3 1 0][2 1]",
		"start TestHelper", "end TestHelper 0 [1 1 1 4 3 3][3 4]", // its helper's, with its init
		"start TestTable", "end TestTable 0",
		"start TestFind", "end TestFind 0 [5 2 2][4 3]",
		"done 0"}
	m.run(t, "calc", order).tells(t, 0, want...)
}

func TestHang(t *testing.T) {
	m := instrumented(t)
	source, err := os.ReadFile(filepath.Join(m.dir, "calc/calc.go"))
	check(t, err)
	before, _, _ := strings.Cut(string(source), "func Find(")
	line := strings.Count(before, "\n") + 1 // where the copy with its loop stands
	for _, name := range []string{"TestFind", "TestFindElsewhere", "TestBubble"} {
		o := m.run(t, "calc", "mode mutant\nmutant x.y/m/calc 5\nticks 1000\nfloor 50000\ntest TestAdd\ntest "+name+"\n")
		o.tells(t, 86, "hello", "start TestAdd", "end TestAdd 0", "start "+name, "hang "+name)
		hang := o.frames[len(o.frames)-1]
		if n := hang["ticks"].(uint64); n < 1000 {
			t.Errorf("a hang after %d iterations", n)
		}
		if at := fmt.Sprintf("%v:%v %v", filepath.Base(hang["file"].(string)), hang["line"], hang["call"]); at != fmt.Sprintf("calc.go:%d 0", line) {
			t.Errorf("the loop at %s, want line %d", at, line)
		}
		if o.wall < 50*time.Millisecond {
			t.Errorf("a hang after %v", o.wall)
		}
	}
}

// A hang needs both: iterations beyond the limit, and time.
func TestNoHang(t *testing.T) {
	m := instrumented(t)
	for _, limits := range []string{
		"ticks 10\nfloor 60000000\ntest TestSpin",
		"ticks 3000\nfloor 0\ntest TestSpin",
		"floor 1\ntest TestSpin",
		"ticks 3000\nfloor 0\ntest TestSpin\nticks 1\ntest TestAdd",
	} {
		o := m.run(t, "calc", "mode mutant\nmutant x.y/m/calc 6\n"+limits+"\n")
		if o.code != 0 {
			t.Errorf("%s: exit %d\n%s%s", limits, o.code, o.story(), o.output)
		}
	}
	m.run(t, "calc", "mode mutant\nmutant x.y/m/calc 6\nticks 2000\nfloor 0\ntest TestSpin\n").tells(t, 86,
		"hello", "start TestSpin", "hang TestSpin")
}

func TestHangDuringInit(t *testing.T) {
	o := instrumented(t).run(t, "calc", "mode mutant\nmutant x.y/m/calc 4\ninitticks 1000\nfloor 20000\n")
	o.tells(t, 86, "hang ")
}

// With all switches on, loops outside the mutant's function count too.
func TestAllSwitches(t *testing.T) {
	m := instrumented(t)
	const order = "mode mutant\nmutant x.y/m/calc 1\nticks 1\nfloor 0\n"
	m.run(t, "calc", order+"test TestFind\n").tells(t, 0, "hello", "start TestFind", "end TestFind 0", "done 0")
	m.run(t, "calc", order+"switches all\ntest TestFind\n").tells(t, 86, "hello", "start TestFind", "hang TestFind")
}
