package cgo

import "testing"

func TestNative(t *testing.T) {
	if Native(2) != 5 || Plain(2) != 10 || Beside(1) != 0 {
		t.Fail()
	}
}
