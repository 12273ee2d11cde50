package marks

import "testing"

func TestMarks(t *testing.T) {
	if Bom(1) != 2 || Returns(3) != "a\nb" || Returns(2) != "" {
		t.Fail()
	}
}
