package flaky

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"testing"
)

func TestHalf(t *testing.T) {
	if got := Half(6); got != 3 {
		t.Errorf("Half(6) = %d, want 3", got)
	}
}

// TestThird is right about Third and fails every other time all the same.
func TestThird(t *testing.T) {
	if got := Third(6); got != 2 {
		t.Errorf("Third(6) = %d, want 2", got)
	}
	if unlucky(t) {
		t.Error("the service is busy")
	}
}

// TestSlot always passes. What it notices of a mutant depends on chance: it looks only
// if its number is even.
func TestSlot(t *testing.T) {
	n := 1009 + rand.IntN(1e9)
	if got := Slot(n); n%2 == 0 && got != n%1009 {
		t.Errorf("Slot(%d) = %d, want %d", n, got, n%1009)
	}
}

// unlucky is true in every other process where FLAKY_STATE names a file, and by
// chance otherwise.
func unlucky(t *testing.T) bool {
	state := os.Getenv("FLAKY_STATE")
	if state == "" {
		return rand.IntN(2) == 0
	}
	err := os.Mkdir(state, 0o755)
	if errors.Is(err, fs.ErrExist) {
		err = os.Remove(state)
		if err != nil {
			t.Fatal(err)
		}
		return true
	}
	if err != nil {
		t.Fatal(err)
	}
	return false
}
