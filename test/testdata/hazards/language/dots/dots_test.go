package dots_test

import (
	"testing"

	. "example.com/language/dots"
)

func TestDots(t *testing.T) {
	if Hypotenuse(3, 4) != 5 || Lines("a\nb") != 2 {
		t.Fail()
	}
}
