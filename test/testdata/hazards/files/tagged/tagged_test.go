package tagged

import "testing"

func TestValue(t *testing.T) {
	if Value(1) != 2 {
		t.Fail()
	}
}

func TestSystem(t *testing.T) {
	if System(3) != 6 {
		t.Fail()
	}
}
