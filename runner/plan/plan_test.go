package plan

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

var (
	m1 = Key{Package: "p", Number: 1}
	f1 = FuncKey{Package: "p", Func: 1}
)

// trace is a trace that reaches the given mutants of package p, each of which
// makes a difference, with ticks in function 1.
func trace(ticks uint64, mutants ...int) Trace {
	t := NewTrace()
	for _, n := range mutants {
		t.Hits[Key{Package: "p", Number: n}] = Hits{Reached: 1, Infected: 1}
	}
	if ticks > 0 {
		t.Ticks[f1] = ticks
	}
	return t
}

func passed(name string, d time.Duration, t Trace) Run {
	return Run{Test: name, Passed: true, Duration: d, Trace: t}
}

// binary has three tests; A and C reach mutant 1.
func binary(pkg string) *Binary {
	b := NewBinary(pkg, Recording{Outside: trace(0), Runs: []Run{
		passed("A", time.Millisecond, trace(5, 1)),
		passed("B", 2*time.Millisecond, trace(0, 2)),
		passed("C", 3*time.Millisecond, trace(9000, 1)),
	}}, false)
	for _, name := range b.Tests() {
		b.AddAlone(name, Recording{Outside: trace(0), Runs: []Run{passed(name, 0, trace(0))}}, true)
	}
	return b
}

func TestOnlyReachingTestsRun(t *testing.T) {
	p := Default().For(m1, 1, TestRef{}, []*Binary{binary("p")})
	if len(p.Judge) != 1 || !slices.Equal(p.Judge[0].Tests, []string{"A", "C"}) || p.Judge[0].Whole {
		t.Errorf("judge = %+v", p.Judge)
	}
	if o := p.Judge[0].Otherwise; !p.Judge[0].Control || o == nil || !o.Whole || o.Control {
		t.Errorf("otherwise = %+v", o)
	}
	if len(p.Confirm) != 1 || !slices.Equal(p.Confirm[0].Tests, []string{"A", "B", "C"}) || !p.Confirm[0].Whole {
		t.Errorf("confirm = %+v", p.Confirm)
	}
}

// Tests that are set aside are named and judge nothing, whenever they are.
func TestAside(t *testing.T) {
	early := binary("p")
	for range 2 {
		early.AddAside("D", Recording{Runs: []Run{passed("D", 0, trace(0, 1, 4)), passed("A", 0, trace(0, 5))}})
	}
	late := early.Without(func(name string) bool { return name == "B" })
	for _, c := range []struct {
		b      *Binary
		number int
		aside  []string
		judged bool
	}{
		{early, 1, []string{"D"}, true},
		{early, 4, []string{"D"}, false},
		{early, 5, nil, false},
		{early, 2, nil, true},
		{late, 2, []string{"B"}, false},
		{late, 4, []string{"D"}, false},
	} {
		p := Default().For(Key{Package: "p", Number: c.number}, 1, TestRef{}, []*Binary{c.b})
		var aside []string
		for _, ref := range p.Aside {
			aside = append(aside, ref.Test)
		}
		if !slices.Equal(aside, c.aside) || (len(p.Judge) > 0) != c.judged {
			t.Errorf("mutant %d: set aside %v, judge %+v", c.number, aside, p.Judge)
		}
	}
	if list := early.Tests(); !slices.Equal(list, []string{"A", "B", "C"}) {
		t.Errorf("%v judge", list)
	}
}

// chance is a binary whose test A has seen the given values in function 1; B and C do
// not execute it, and C is not quick.
func chance(inOrder, alone uint64) *Binary {
	runs := func(sum uint64) []Run {
		t := NewTrace()
		t.Hits[m1] = Hits{Reached: 1}
		t.Sums[f1] = sum
		return []Run{passed("A", 20*time.Millisecond, t), passed("B", 0, NewTrace()), passed("C", time.Second, NewTrace())}
	}
	b := NewBinary("p", Recording{Outside: NewTrace(), Runs: runs(inOrder)}, false)
	for i, r := range runs(alone) {
		b.AddAlone(b.Tests()[i], Recording{Outside: NewTrace(), Runs: []Run{r}}, true)
	}
	return b
}

// What sees other values each time counts as infected, and survivors are run again by
// the tests that see them and those that cost nothing.
func TestChanceIsRunAgain(t *testing.T) {
	p := Default().For(m1, 1, TestRef{}, []*Binary{chance(1, 2)})
	if len(p.Judge) != 1 || !slices.Equal(p.Judge[0].Tests, []string{"A"}) {
		t.Errorf("judge = %+v", p.Judge)
	}
	if len(p.Repeat) != 1 || !slices.Equal(p.Repeat[0].Tests, []string{"A", "B"}) || !slices.Equal(p.Repeat[0].Times, []int{1, 0}) || p.Repeats() != 1 {
		t.Errorf("repeat = %+v", p.Repeat)
	}
	if len(p.Single) != 1 || !slices.Equal(p.Single[0].Tests, []string{"A"}) || len(p.Single[0].Limits.Tests) != 1 {
		t.Errorf("single = %+v", p.Single)
	}
	for test, want := range map[TestRef]int{{"p", "A"}: 1, {"p", "B"}: 0, {"p", "C"}: 0, {"q", "A"}: 0} {
		if got := Chance(p.Repeat, test); got != want {
			t.Errorf("%v runs %d times, want %d", test, got, want)
		}
	}
	for _, b := range []*Binary{chance(1, 1), chance(0, 0)} {
		if p := Default().For(m1, 1, TestRef{}, []*Binary{b}); len(p.Judge)+len(p.Repeat) != 0 || p.Repeats() != 0 {
			t.Errorf("plan = %+v", p)
		}
	}
	if p := Default().For(m1, 2, TestRef{}, []*Binary{chance(1, 2)}); len(p.Judge)+len(p.Repeat) != 0 {
		t.Errorf("another function: plan = %+v", p)
	}
}

// TestTimes: what is chancy shares the time of a batch; what is slow gets its turn anyway.
func TestTimes(t *testing.T) {
	fast, slow, other := &test{quickest: time.Microsecond}, &test{quickest: batchTime / 4}, &test{quickest: 0}
	chancy := func(t *test) bool { return t != other }
	for _, test := range []struct {
		tests []*test
		want  []int
	}{
		{[]*test{fast, other}, []int{mostTimes, 0}},
		{[]*test{other, slow}, []int{0, 4}},
		{[]*test{slow, fast, slow}, []int{1, mostTimes, 2}},
		{[]*test{{quickest: time.Hour}}, []int{1}},
	} {
		if got := times(test.tests, chancy); !slices.Equal(got, test.want) {
			t.Errorf("%v, want %v", got, test.want)
		}
	}
}

// twice is a binary whose only test made the mutant's site execute as the two
// recordings say.
func twice(inOrder, alone Hits) *Binary {
	run := func(h Hits) Recording {
		t := NewTrace()
		if h.Reached > 0 {
			t.Hits[m1] = h
		}
		return Recording{Outside: NewTrace(), Runs: []Run{passed("A", 0, t)}}
	}
	b := NewBinary("p", run(inOrder), false)
	b.AddAlone("A", run(alone), true)
	return b
}

func TestInfection(t *testing.T) {
	for _, test := range []struct {
		name           string
		inOrder, alone Hits
		run            bool
	}{
		{"never made a difference", Hits{Reached: 5}, Hits{Reached: 5}, false},
		{"made one", Hits{Reached: 5, Infected: 1}, Hits{Reached: 5, Infected: 1}, true},
		{"made one in one recording", Hits{Reached: 5}, Hits{Reached: 5, Infected: 1}, true},
		{"was executed more often in one", Hits{Reached: 5}, Hits{Reached: 6}, true},
		{"was executed in one only", Hits{}, Hits{Reached: 5}, true},
		{"was executed in the other only", Hits{Reached: 5}, Hits{}, true},
	} {
		p := Default().For(m1, 1, TestRef{}, []*Binary{twice(test.inOrder, test.alone)})
		if got := len(p.Judge) == 1; got != test.run || len(p.Reaching) != 1 {
			t.Errorf("%s: run %v, want %v; reaching %v", test.name, got, test.run, p.Reaching)
		}
		all := Default()
		all.IgnoreInfection = true
		if p := all.For(m1, 1, TestRef{}, []*Binary{twice(test.inOrder, test.alone)}); len(p.Judge) != 1 {
			t.Errorf("%s: not run although infection is ignored", test.name)
		}
	}
}

// One recording alone is no proof.
func TestOneRecordingProvesNoInfection(t *testing.T) {
	trace := NewTrace()
	trace.Hits[m1] = Hits{Reached: 5}
	b := NewBinary("p", Recording{Outside: NewTrace(), Runs: []Run{passed("A", 0, trace)}}, false)
	if p := Default().For(m1, 1, TestRef{}, []*Binary{b}); len(p.Judge) != 1 {
		t.Errorf("plan = %+v", p)
	}
}

func TestUnreachedNeedsNoProcess(t *testing.T) {
	p := Default().For(Key{Package: "p", Number: 3}, 1, TestRef{}, []*Binary{binary("p")})
	if len(p.Judge)+len(p.Confirm)+len(p.Reaching) != 0 {
		t.Errorf("plan = %+v", p)
	}
}

// A sync.Once table is built by the first test that needs it and hides the reach
// of the others; alone, each of them builds it.
func TestReachIsTheUnionOfRecordings(t *testing.T) {
	b := NewBinary("p", Recording{Outside: trace(0), Runs: []Run{
		passed("A", 0, trace(0, 1)), passed("B", 0, trace(0)),
	}}, false)
	b.AddAlone("A", Recording{Outside: trace(0), Runs: []Run{passed("A", 0, trace(0, 1))}}, true)
	b.AddAlone("B", Recording{Outside: trace(0), Runs: []Run{passed("B", 0, trace(0, 1))}}, true)
	p := Default().For(m1, 1, TestRef{}, []*Binary{b})
	if !slices.Equal(p.Judge[0].Tests, []string{"A", "B"}) {
		t.Errorf("judged by %v", p.Judge[0].Tests)
	}
}

func TestCoupledTestsJudgeInWholeRuns(t *testing.T) {
	b := binary("p")
	b.AddAlone("C", Recording{Outside: trace(0)}, false)
	p := Default().For(m1, 1, TestRef{}, []*Binary{b})
	if len(p.Judge) != 1 || !p.Judge[0].Whole || len(p.Judge[0].Tests) != 3 || len(p.Confirm) != 0 {
		t.Errorf("plan = %+v", p)
	}
}

func TestInitialisationIsJudgedByWholeRuns(t *testing.T) {
	b := NewBinary("p", Recording{Outside: trace(0, 1), Runs: []Run{passed("A", 0, trace(0))}}, false)
	p := Default().For(m1, 1, TestRef{}, []*Binary{b})
	if len(p.Judge) != 1 || !p.Judge[0].Whole || !p.Outside {
		t.Errorf("plan = %+v", p)
	}
}

func TestUnrecordedAloneIsJudgedByWholeRuns(t *testing.T) {
	b := binary("p")
	b.Whole = true
	if p := Default().For(m1, 1, TestRef{}, []*Binary{b}); !p.Judge[0].Whole {
		t.Errorf("plan = %+v", p)
	}
}

// A whole run of all judging tests passed in the dry run; without those set
// aside it is another run.
func TestTrimmedWholeRunsNeedControl(t *testing.T) {
	for _, trimmed := range []bool{false, true} {
		b := NewBinary("p", Recording{Outside: trace(0, 1), Runs: []Run{passed("A", 0, trace(0))}}, trimmed)
		if p := Default().For(m1, 1, TestRef{}, []*Binary{b}); p.Judge[0].Control != trimmed {
			t.Errorf("trimmed %v: control %v", trimmed, p.Judge[0].Control)
		}
	}
}

func TestOwnPackageComesFirst(t *testing.T) {
	p := Default().For(m1, 1, TestRef{}, []*Binary{binary("a"), binary("p")})
	if len(p.Judge) != 2 || p.Judge[0].Package != "p" || p.Judge[1].Package != "a" {
		t.Errorf("judge = %+v", p.Judge)
	}
	if len(p.Confirm) != 1 || p.Confirm[0].Package != "p" {
		t.Errorf("confirm = %+v", p.Confirm)
	}
}

func TestLimitsFollowTheDryRun(t *testing.T) {
	policy := Policy{TimeoutFactor: 10, TimeoutFloor: time.Second}
	b := binary("p")
	b.tests[2].duration, b.tests[2].clean = 2*time.Second, time.Second
	b.tests[2].trace.Longest[f1] = 4000
	got := policy.For(m1, 1, TestRef{}, []*Binary{b}).Judge[0].Limits
	want := Limits{Wall: 21*time.Second + 10*time.Millisecond, Memory: 1 << 30, Processes: 256, Outside: 100_000, Tests: []Loop{
		{Ticks: 100_000, Stretch: 100_000, Floor: 100 * time.Millisecond, Wall: time.Second + 10*time.Millisecond, Idle: 250 * time.Millisecond},
		{Ticks: 900_000, Stretch: 400_000, Floor: 3 * time.Second, Wall: 21 * time.Second, Idle: 10 * time.Second},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("limits = %+v, want %+v", got, want)
	}
}

func TestConfirmPolicies(t *testing.T) {
	for _, test := range []struct {
		policy Confirm
		want   int
	}{{ConfirmAlways, 1}, {ConfirmNever, 0}, {ConfirmAuto, 0}} {
		b := binary("p")
		b.tests[1].duration = time.Minute
		p := Policy{Confirm: test.policy}.For(m1, 1, TestRef{}, []*Binary{b})
		if len(p.Confirm) != test.want {
			t.Errorf("%s: %d confirmations, want %d", test.policy, len(p.Confirm), test.want)
		}
	}
}

func TestMemoryBounds(t *testing.T) {
	const gib = 1 << 30
	for _, test := range []struct {
		peak, machine int64
		jobs          int
		want          int64
	}{
		{10 << 20, 0, 1, gib},
		{2 * gib, 0, 1, 8 * gib},
		{2 * gib, 16 * gib, 4, 3 * gib},
		{0, 2 * gib, 3, gib / 2},
	} {
		b := binary("p")
		b.Peak = test.peak
		policy := Policy{Memory: test.machine, Jobs: test.jobs}
		if got := policy.For(m1, 1, TestRef{}, []*Binary{b}).Judge[0].Limits.Memory; got != test.want {
			t.Errorf("%+v: %d", test, got)
		}
	}
}

func TestProcessBounds(t *testing.T) {
	for seen, want := range map[int]int{0: 256, 1: 256, 64: 256, 65: 260, 300: 1200} {
		b := binary("p")
		b.Processes = seen
		if got := (Policy{}).For(m1, 1, TestRef{}, []*Binary{b}).Judge[0].Limits.Processes; got != want {
			t.Errorf("%d processes in the dry run: bound %d, want %d", seen, got, want)
		}
	}
}

func TestOrder(t *testing.T) {
	rec := func(name string, d time.Duration) Run { return passed(name, d, trace(0, 1)) }
	much := trace(0)
	much.Hits[m1] = Hits{Reached: 5000, Infected: 1}
	b := NewBinary("p", Recording{Outside: trace(0), Runs: []Run{
		rec("Slow", 80*time.Millisecond), passed("Much", 0, much), rec("A", 900*time.Microsecond), rec("B", 10*time.Microsecond), rec("Middle", 2*time.Millisecond),
	}}, false)
	for _, test := range []struct {
		killer TestRef
		want   []string
	}{
		{TestRef{}, []string{"A", "B", "Much", "Middle", "Slow"}},
		{TestRef{Package: "p", Test: "Slow"}, []string{"Slow", "A", "B", "Much", "Middle"}},
		{TestRef{Package: "q", Test: "Slow"}, []string{"A", "B", "Much", "Middle", "Slow"}},
		{TestRef{Package: "p", Test: "Gone"}, []string{"A", "B", "Much", "Middle", "Slow"}},
	} {
		p := Default().For(m1, 1, test.killer, []*Binary{b})
		if got := p.Judge[0].Tests; !slices.Equal(got, test.want) {
			t.Errorf("killer %v: %v, want %v", test.killer, got, test.want)
		}
	}
}

func TestTheLastKillersBinaryComesFirst(t *testing.T) {
	binaries := []*Binary{binary("a"), binary("p"), binary("z")}
	p := Default().For(m1, 1, TestRef{Package: "z", Test: "C"}, binaries)
	var got []string
	for _, process := range p.Judge {
		got = append(got, process.Package+process.Tests[0])
	}
	if want := []string{"zC", "pA", "aA"}; !slices.Equal(got, want) {
		t.Errorf("first tests %v, want %v", got, want)
	}
}
