package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// outcomes say by package and test how each ended: pass, fail or skip.
type outcomes map[string]string

func (o outcomes) count(outcome string) (n int) {
	for _, got := range o {
		if got == outcome {
			n++
		}
	}
	return n
}

// comparison is what became of one module.
type comparison struct {
	mutants, unsteady int
	plain             outcomes
	// switched and copies say how the instrumented runs differ from plain.
	switched, copies []string
}

// compare runs the tests of m four times, in a copy below parent.
func compare(ctx context.Context, m subject.Module, profile, parent string) (*comparison, error) {
	dir, err := m.Fetch(parent)
	if err != nil {
		return nil, err
	}
	c := new(comparison)
	overlay, mutants, err := subject.Overlay(ctx, dir, profile, dir+".overlay")
	if err != nil {
		return nil, err
	}
	c.mutants = mutants
	order := dir + ".order"
	if err := os.WriteFile(order, []byte("mode record\ncounters "+dir+".counters\n"), 0o644); err != nil {
		return nil, err
	}
	runs := make([]outcomes, 4)
	for i, how := range []struct{ overlay, order string }{{}, {}, {overlay, ""}, {overlay, order}} {
		if runs[i], err = test(ctx, m, dir, how.overlay, how.order); err != nil {
			return nil, err
		}
	}
	c.plain = runs[0]
	c.unsteady = len(c.plain.steady(runs[1]))
	c.switched, c.copies = c.plain.differ("switched", runs[2]), c.plain.differ("copies", runs[3])
	return c, nil
}

// steady leaves out of o, and returns, what another plain run does not agree with.
func (o outcomes) steady(again outcomes) (out []string) {
	for name := range maps.Keys(o) {
		if again[name] != o[name] {
			out = append(out, name)
			delete(o, name)
		}
	}
	return out
}

// differ lists the tests of o that end otherwise in got.
func (o outcomes) differ(what string, got outcomes) (list []string) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if was, is := o[name], got[name]; was != is {
			list = append(list, fmt.Sprintf("%s: %s: plain %s, now %q", what, name, was, is))
		}
	}
	return list
}

// test runs the tests in dir with go test.
func test(ctx context.Context, m subject.Module, dir, overlay, order string) (outcomes, error) {
	args := []string{"test", "-json", "-count=1", "-vet=off"}
	for i := 0; i+1 < len(m.Flags); i += 2 {
		args = append(args, "-"+m.Flags[i][2:], m.Flags[i+1]) // --skip
	}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	cmd := exec.CommandContext(ctx, "go", append(args, "./...")...)
	cmd.Dir = dir
	if order != "" {
		cmd.Env = append(os.Environ(), "EVILUTION_ORDER="+order)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, fmt.Errorf("go test: %w", err)
	}
	got, failed := read(out)
	if failed != nil || len(got) == 0 {
		return nil, fmt.Errorf("go test in %s: %w\n%s%s", filepath.Base(dir), errors.Join(err, failed), out, &stderr)
	}
	return got, nil
}

// read collects the outcomes from the events of go test -json. What fails to build
// is an error.
func read(events []byte) (outcomes, error) {
	got := outcomes{}
	for line := range bytes.Lines(events) {
		var e struct{ Action, Package, Test string }
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, err
		}
		switch e.Action {
		case "build-fail":
			return nil, errors.New("a build failed")
		case "pass", "fail", "skip":
			if e.Test != "" {
				got[e.Package+" "+e.Test] = e.Action
			}
		}
	}
	return got, nil
}
