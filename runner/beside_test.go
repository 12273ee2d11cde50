package runner

import (
	"context"
	"errors"
	"testing"

	"github.com/evilution-go/evilution-go/runner/job"
)

func TestOverlap(t *testing.T) {
	for _, test := range []struct {
		copies [][]job.Span
		want   bool
	}{
		{nil, false},
		{[][]job.Span{{{0, 10}}}, false}, // nobody beside it
		{[][]job.Span{{{0, 10}}, {{10, 20}}}, false},
		{[][]job.Span{{{0, 10}}, {{6, 16}}}, false},
		{[][]job.Span{{{0, 10}}, {{5, 15}}}, true},
		{[][]job.Span{{{0, 100}}, {{40, 44}}}, true},
		{[][]job.Span{{{0, 10}, {10, 20}}, {{9, 19}}}, true},     // its second process
		{[][]job.Span{{{0, 10}}, {{20, 30}}, {{21, 31}}}, true},  // two of three
		{[][]job.Span{{{0, 10}}, {{20, 30}}, {{40, 50}}}, false}, // one after another
	} {
		if got := overlap(test.copies); got != test.want {
			t.Errorf("%v: %v, want %v", test.copies, got, test.want)
		}
	}
}

// Whoever gives a turn back tries whether it may be opened; those of others are others.
func TestTurnsAreTriedWhenGivenBack(t *testing.T) {
	all, ctx := newTurns(false), context.Background()
	leave, err := all.take(ctx, []string{"b", "a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	if other, err := all.take(ctx, []string{"c"}); err != nil || other(ctx) != nil {
		t.Fatal("c is not free", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := all.take(gone, []string{"a"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a is taken twice: %v", err)
	}
	tried := 0
	all.of("a").later = func(context.Context) error {
		tried++
		all.of("a").allow()
		all.of("a").later = nil
		return nil
	}
	if all.gate([]string{"a"}) == nil || all.gate([]string{"c", "a"}) == nil {
		t.Error("a and c are open")
	}
	waiting := make(chan error)
	go func() {
		_, err := all.take(ctx, []string{"a"})
		waiting <- err
	}()
	if err := leave(ctx); err != nil || tried != 1 {
		t.Errorf("%v, tried %d times", err, tried)
	}
	if err := <-waiting; err != nil {
		t.Error(err)
	}
	for range 2 { // any number at the same time, and nothing to give back
		if _, err := all.take(gone, []string{"a"}); err != nil {
			t.Error(err)
		}
	}
	if all.gate([]string{"a"}) != nil {
		t.Error("a is not open")
	}
	if _, err := newTurns(true).take(gone, []string{"a", "b"}); err != nil {
		t.Error(err)
	}
}
