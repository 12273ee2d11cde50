package embeds

import "testing"

func TestSize(t *testing.T) {
	if Size(2) != 6 {
		t.Fail()
	}
}
