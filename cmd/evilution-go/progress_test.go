package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/runner"
)

func TestLinesComeEveryTenSeconds(t *testing.T) {
	var out bytes.Buffer
	d := &lineDisplay{w: &out, every: 10 * time.Second}
	for tick := range 350 { // tenths of a second
		d.update(runner.Progress{Stage: "mutants", Done: tick, Total: 700, Killed: tick / 2, Survived: 1, Elapsed: time.Duration(tick) * time.Second / 10})
	}
	d.close()
	want := "evilution-go: mutants 100/700, killed 50, survived 1, 10.0/s, 1m0s left, 10s\n"
	if got := out.String(); !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 3 {
		t.Errorf("lines:\n%s\nwant 3, the first\n%s", got, want)
	}
}

func TestBarIsTakenAway(t *testing.T) {
	var out bytes.Buffer
	d := &barDisplay{w: &out}
	d.update(runner.Progress{Stage: "load"})
	for done := range 11 {
		d.update(runner.Progress{Stage: "mutants", Done: done, Total: 10, Killed: done})
	}
	d.update(runner.Progress{Stage: "mutants", Done: 11, Total: 20, Killed: 11})
	d.update(runner.Progress{Stage: "mutants", Done: 99, Total: 20}) // more than there is
	d.close()
	d.close()
	text := out.String()
	if !strings.Contains(text, "load") || !strings.Contains(text, "mutants, killed") {
		t.Errorf("the bar shows %q", text)
	}
	if !strings.HasSuffix(strings.TrimRight(text, "\r"), "\x1b[2K") {
		t.Errorf("the bar ends with %q", text[max(0, len(text)-20):])
	}
}
