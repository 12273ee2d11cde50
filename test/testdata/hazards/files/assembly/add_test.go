package assembly

import "testing"

func TestTwice(t *testing.T) {
	if Twice(1, 2) != 6 {
		t.Fail()
	}
}
