package runner

import (
	"context"
	"testing"
	"time"
)

// TestTurnsAllowed: a binary is taken by one at a time until its tests may run beside
// themselves, which may be found out more than once.
func TestTurnsAllowed(t *testing.T) {
	turns := newTurns(false)
	leave, err := turns.take(t.Context(), []string{"a"})
	if err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := turns.take(short, []string{"a"}); err == nil {
		t.Error("two have the turn")
	}
	turns.of("a").allow()
	turns.of("a").allow()
	if err := leave(t.Context()); err != nil {
		t.Error(err)
	}
	for range 2 {
		if _, err := turns.take(t.Context(), []string{"a"}); err != nil {
			t.Error(err)
		}
	}
	if turns.gate([]string{"a"}) != nil || turns.gate([]string{"a", "b"}) == nil {
		t.Error("the wrong gate")
	}
}
