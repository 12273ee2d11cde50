package two

import (
	"testing"

	"example.com/one"
)

func TestNext(t *testing.T) {
	if Next(1) != 2 || one.Product(2, 3) != 6 {
		t.Fail()
	}
}
