package generics

import "testing"

type meters float64

func TestGenerics(t *testing.T) {
	if Sum(1, 2, 3) != 6 || Sum[meters](0.5, 2) != 2.5 {
		t.Error("Sum")
	}
	p := &Pair[int, float64]{First: 4, Second: 2.5}
	if p.Scaled(3) != 12 || !p.Over(2) || p.Over(2.5) {
		t.Error("Pair")
	}
	if Largest([]meters{1, 3, 2}) != 3 {
		t.Error("Largest")
	}
}
