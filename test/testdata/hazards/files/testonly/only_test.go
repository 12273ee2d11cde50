// Package testonly has nothing but tests.
package testonly

import (
	"testing"

	"example.com/files/internal/deep"
)

func helper(n int) int { return n + 1 }

func TestHelper(t *testing.T) {
	if helper(deep.Down(1)) != 1 {
		t.Fail()
	}
}
