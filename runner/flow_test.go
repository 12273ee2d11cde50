package runner

import (
	"slices"
	"testing"
)

// TestFlow: a package's mutants go on when nobody who holds it is still being
// recorded, and not before every binary has said what it holds.
func TestFlow(t *testing.T) {
	f := &flow{
		silent:   map[string]bool{"a": true, "b": true, "c": true},
		open:     map[string][]string{"a": nil, "b": nil, "c": nil},
		packages: []string{"a", "b", "c", "untested"},
	}
	for _, step := range []struct {
		name string
		do   func()
		want []string
	}{
		{"nothing yet", func() {}, nil},
		{"a is done at once", func() { f.done("a") }, nil},
		{"b tests a too", func() { f.holds("b", []string{"a", "b"}) }, nil},
		{"c has begun", func() { f.holds("c", []string{"c"}) }, []string{"untested"}},
		{"c says it again", func() { f.holds("c", []string{"c"}) }, nil},
		{"b is done", func() { f.done("b") }, []string{"a", "b"}},
		{"b is late to say", func() { f.holds("b", []string{"c"}) }, nil},
		{"c is done", func() { f.done("c") }, []string{"c"}},
		{"nobody is left", func() {}, nil},
	} {
		step.do()
		if got := f.ready(); !slices.Equal(got, step.want) {
			t.Errorf("%s: %v go on, want %v", step.name, got, step.want)
		}
	}
}
