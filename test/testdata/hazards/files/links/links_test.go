package links

import "testing"

func TestLinks(t *testing.T) {
	if Both(2) != 6 || Promised(2) != 1 {
		t.Fail()
	}
}
