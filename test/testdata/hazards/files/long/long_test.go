package long

import "testing"

func TestLong(t *testing.T) {
	if Long(2, "y") != 140002 {
		t.Fail()
	}
}
