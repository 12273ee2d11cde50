package shadow

import "testing"

func TestNames(t *testing.T) {
	if s, n := Names("x", 3); s != "yes" || n != 4 {
		t.Error(s, n)
	}
	if s, n := Names("x", 2); s != "nonex" || n != 4 {
		t.Error(s, n)
	}
	if Upper("a") != "A." {
		t.Error("Upper")
	}
}
