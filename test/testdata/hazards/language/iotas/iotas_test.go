package iotas

import "testing"

func TestAt(t *testing.T) {
	if At(2) != 23 || Two != 4 {
		t.Fail()
	}
}
