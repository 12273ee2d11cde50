package agent

import (
	"testing"
	"unsafe"
)

// Sums differ with the values and not with their order; what no other process can
// compare counts as nothing.
func TestSums(t *testing.T) {
	type named int
	sum := func(see func(p *Package)) uint64 {
		p := recording(4)
		see(p)
		return p.sums[0]
	}
	one := sum(func(p *Package) { V1(p, 1, 5, 0); V1(p, 1, 7, 0); S1(p, 3, "a", "b"); V1(p, 2, true, false) })
	for what, other := range map[string]uint64{
		"order":   sum(func(p *Package) { V1(p, 2, true, false); S1(p, 3, "a", "b"); V1(p, 1, 7, 0); V1(p, 1, 5, 0) }),
		"mutants": sum(func(p *Package) { V1(p, 1, 5, 1); V1(p, 1, 7, 1); S1(p, 3, "a", "c"); V1(p, 2, true, true) }),
	} {
		if other != one {
			t.Errorf("another %s: another sum", what)
		}
	}
	for what, other := range map[string]uint64{
		"value":  sum(func(p *Package) { V1(p, 1, 5, 0); V1(p, 1, 8, 0); S1(p, 3, "a", "b"); V1(p, 2, true, false) }),
		"string": sum(func(p *Package) { V1(p, 1, 5, 0); V1(p, 1, 7, 0); S1(p, 3, "A", "b"); V1(p, 2, true, false) }),
		"bool":   sum(func(p *Package) { V1(p, 1, 5, 0); V1(p, 1, 7, 0); S1(p, 3, "a", "b"); V1(p, 2, false, false) }),
		"site":   sum(func(p *Package) { V1(p, 1, 7, 0); V1(p, 2, 5, 0); S1(p, 3, "a", "b"); V1(p, 2, true, false) }),
	} {
		if other == one {
			t.Errorf("another %s: the same sum", what)
		}
	}
	for _, v := range []float64{0.5, 0.25} {
		if value(v) == value(0.75) || value(float32(v)) == value(float32(0.75)) {
			t.Errorf("%v is as good as 0.75", v)
		}
	}
	x, y := 1, 1
	if value(&x) != value(&y) || value(unsafe.Pointer(&x)) != value(unsafe.Pointer(&y)) || value([]int{1}) != value([]int{2}) || value(named(1)) != value(named(2)) {
		t.Error("what is no plain value counts")
	}
}
