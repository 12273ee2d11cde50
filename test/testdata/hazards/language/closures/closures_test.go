package closures

import "testing"

func TestClosures(t *testing.T) {
	next := Counter(2)
	if next() != 2 || next() != 4 {
		t.Error("Counter")
	}
	if n := Deferred(); n != 7 {
		t.Error("Deferred", n)
	}
	if Three() != 3 {
		t.Error("Three")
	}
}
