package external_test

import (
	"testing"

	"example.com/files/external"
)

func TestHidden(t *testing.T) {
	if external.Hidden(2) != 6 {
		t.Fail()
	}
}
