package order

import "testing"

// TestDoubleOfOne builds the table, so that in one process no later test does. It
// cannot tell 2*n from 2/n.
func TestDoubleOfOne(t *testing.T) {
	if got := Double(1); got != 2 {
		t.Errorf("Double(1) = %d, want 2", got)
	}
}

func TestDoubleOfThree(t *testing.T) {
	if got := Double(3); got != 6 {
		t.Errorf("Double(3) = %d, want 6", got)
	}
}

func TestAdd(t *testing.T) {
	Add("first")
	if len(entries) != 1 {
		t.Errorf("%d entries, want 1", len(entries))
	}
}

// TestLast passes only after TestAdd in the same process.
func TestLast(t *testing.T) {
	if got := Last(); got != "first" {
		t.Errorf("Last() = %q, want first", got)
	}
}
