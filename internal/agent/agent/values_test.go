package agent

import (
	"math"
	"testing"
)

// recording is a package that records into memory of its own.
func recording(mutants int) *Package {
	p := &Package{record: true, on: true}
	p.reach, p.loops, p.sums = noCounters(1, mutants)
	return p
}

// infected tells which of two mutants of a site were infected.
func infected(t *testing.T, p *Package) (first, second bool) {
	t.Helper()
	flat := p.takeReach()
	if len(flat) != 6 || flat[1] != 1 || flat[4] != 1 {
		t.Fatalf("reach %v, want two mutants once", flat)
	}
	return flat[2] == 1, flat[5] == 1
}

func TestInfectionIsByBits(t *testing.T) {
	nan, negative := math.NaN(), math.Copysign(0, -1)
	list := []int{1, 2, 3}
	p := recording(2)
	check := func(what string, wantFirst, wantSecond bool) {
		t.Helper()
		first, second := infected(t, p)
		if first != wantFirst || second != wantSecond {
			t.Errorf("%s: infected %v, %v; want %v, %v", what, first, second, wantFirst, wantSecond)
		}
	}
	V2(p, 1, 3, 3, 4)
	check("int", false, true)
	V2(p, 1, 0.0, negative, 0)
	check("zeros", true, false)
	V2(p, 1, nan, nan, math.Float64frombits(math.Float64bits(nan)^1))
	check("NaNs", false, true)
	V2(p, 1, list[:2], list[:2:2], list[:2])
	check("slices", true, false)
	V2(p, 1, complex(0, 1), complex(0, 1), complex(negative, 1))
	check("complex", false, true)
	V2(p, 1, struct{}{}, struct{}{}, struct{}{})
	check("empty", false, false)
	S2(p, 1, "ab", string([]byte("ab")), "ac")
	check("strings", false, true)
	V2(p, 1, any(1.5), any(1.5), any("x"))
	if _, second := infected(t, p); !second {
		t.Error("different interfaces are not infected")
	}
}

func TestMutantsAreChosen(t *testing.T) {
	for active, want := range []string{"original", "a", "b", "c", "d", "original"} {
		p := &Package{active: int32(active)}
		if got := V4(p, 1, "original", "a", "b", "c", "d"); got != want {
			t.Errorf("V4 with %d active: %s, want %s", active, got, want)
		}
		if active < 4 {
			if got := V3(p, 1, "original", "a", "b", "c"); got != want {
				t.Errorf("V3 with %d active: %s, want %s", active, got, want)
			}
		}
		if active < 3 {
			if v, s := V2(p, 1, "original", "a", "b"), S2(p, 1, "original", "a", "b"); v != want || s != want {
				t.Errorf("V2, S2 with %d active: %s, %s, want %s", active, v, s, want)
			}
		}
		if active < 2 {
			if v, s := V1(p, 1, "original", "a"), S1(p, 1, "original", "a"); v != want || s != want {
				t.Errorf("V1, S1 with %d active: %s, %s, want %s", active, v, s, want)
			}
		}
		if p.Is(1) != (active == 1) || p.Active(1) != (active == 1) {
			t.Errorf("Is, Active with %d active", active)
		}
	}
}

func TestRecordingCounts(t *testing.T) {
	p := recording(4)
	if got := V4(p, 1, 7, 7, 8, 7, 9); got != 7 {
		t.Errorf("a recording changed a value to %d", got)
	}
	want(t, p.takeReach(), 1, 1, 0, 2, 1, 1, 3, 1, 0, 4, 1, 1)
	for _, cond := range []bool{true, true, false} {
		if got := p.Is(2) || Same(p, 2, cond, true); got != cond {
			t.Errorf("a recording changed %v", cond)
		}
	}
	want(t, p.takeReach(), 2, 3, 1)
	func() {
		defer func() { _ = recover() }()
		_ = p.Is(3) || Same(p, 3, panics(), true)
	}()
	want(t, p.takeReach(), 3, 1, 1) // the mutant would not have panicked
	want(t, p.takeReach())
	p.tock(1)
	p.tock(1)
	ticks, _ := p.takeLoops()
	want(t, ticks, 1, 2)
}

func panics() bool { panic("in the condition") }

func want(t *testing.T, got []uint64, want ...uint64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestSwitches(t *testing.T) {
	owner := []int32{0, 1, 1, 3, 0}
	for _, c := range []struct {
		active int32
		all    bool
		want   [4]bool
	}{
		{0, false, [4]bool{}},
		{2, false, [4]bool{1: true}},
		{3, false, [4]bool{3: true}},
		{4, false, [4]bool{}},
		{9, false, [4]bool{}},
		{0, true, [4]bool{false, true, true, true}},
	} {
		p := &Package{active: c.active, on: c.all, owner: owner}
		var on [4]bool
		p.Switches(on[:])
		if on != c.want {
			t.Errorf("mutant %d, all %v: %v, want %v", c.active, c.all, on, c.want)
		}
	}
}

func TestSpread(t *testing.T) {
	calls := []int32{1, 2, 2, 3, 3, 2, 4, 4, 5, 1} // 5 calls 1 calls 2, which calls 3 and back; 4 calls itself
	for active, want := range [][6]bool{
		{},
		{1: true, 5: true},
		{1: true, 2: true, 3: true, 5: true},
		{1: true, 2: true, 3: true, 5: true},
		{4: true},
		{5: true},
	} {
		var on [6]bool
		on[active] = active > 0
		Spread(on[:], calls)
		if on != want {
			t.Errorf("function %d: %v, want %v", active, on, want)
		}
	}
}

var sink bool

func BenchmarkIs(b *testing.B) {
	p := &Package{active: 7}
	for b.Loop() {
		sink = p.Is(3)
	}
}

func BenchmarkIsRecording(b *testing.B) {
	p := recording(3)
	for b.Loop() {
		sink = p.Is(3)
	}
}

func BenchmarkV1(b *testing.B) {
	p := &Package{active: 7}
	x, y := 1, 2
	for b.Loop() {
		sink = V1(p, 3, x < y, x <= y)
	}
}

func BenchmarkV1Recording(b *testing.B) {
	p := recording(3)
	x, y := 1, 2
	for b.Loop() {
		sink = V1(p, 3, x < y, x <= y)
	}
}

func BenchmarkTick(b *testing.B) {
	p := &Package{}
	for b.Loop() {
		p.Tick(1)
	}
}

func BenchmarkTickRecording(b *testing.B) {
	p := recording(1)
	defer func(was uint64) { pause = was }(pause)
	pause = 0
	for b.Loop() {
		p.Tick(1)
	}
}
