package runner

import (
	"context"
	"maps"
	"slices"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/isolation"
)

// attempts is how often a failing list of tests is run before its failures are
// called steady.
const attempts = 3

// Why tests are set aside.
const (
	flaky        = "passes and fails on the same code: it is flaky and never judges"
	flakyAlone   = "passes and fails on the same code when it runs alone: it is flaky and never judges"
	flakyBusy    = "passes, and fails where it gets the processor for a fifth of the time, as on a busy machine: it is flaky and never judges"
	flakyLater   = "passed before the mutants and failed on the same code after some of them: it is flaky, and what it detected is judged again without it"
	instrumented = "passes plainly but fails when instrumented"
)

// noneLeft is why a package cannot be judged all of whose tests are set aside.
const noneLeft = "no test is left that could judge"

// ends counts how a test has ended.
type ends struct{ passed, failed int }

// steady finds a list of tests that passes as a whole, in order, while
// recording. A test that fails is set aside when it passes at other times, or
// when it passes without instrumentation. The outcome is nil when the package's
// tests fail plainly, or none is left.
func (d *dryRun) steady(ctx context.Context) (*isolation.Outcome, error) {
	for plain := false; d.left(); {
		out, seen, err := d.attempt(ctx)
		if err != nil {
			return nil, err
		}
		if d.tests == nil {
			d.tests = d.allowed(out.Hello.Tests)
		}
		found, always := d.setFlakyAside(seen)
		switch {
		case out.Verdict == isolation.Passed && !found:
			return &out, nil
		case found && len(always) == 0: // without these it may pass
		default:
			if plain, err = d.plainPasses(ctx, plain, always, out); err != nil || !plain {
				return nil, err
			}
		}
	}
	d.setPackage(d.pkg, report.PackageTestsFail, noneLeft)
	return nil, nil
}

// left takes the tests that are set aside from the list and tells whether others
// are left.
func (d *dryRun) left() bool {
	if d.tests == nil {
		return true
	}
	d.tests = slices.DeleteFunc(d.tests, func(name string) bool { return d.aside[name] })
	return len(d.tests) > 0
}

// setFlakyAside sets aside what has passed and failed, and returns what has only
// failed.
func (d *dryRun) setFlakyAside(seen map[string]ends) (found bool, always []string) {
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		switch t := seen[name]; {
		case t.failed > 0 && t.passed > 0:
			d.foundFlaky(name, flaky)
			found = true
		case t.failed > 0:
			always = append(always, name)
		}
	}
	return found, always
}

// attempt records the list until it passes, a few times at most, and counts how
// often each test passed and failed meanwhile.
func (d *dryRun) attempt(ctx context.Context) (out isolation.Outcome, seen map[string]ends, err error) {
	seen = make(map[string]ends)
	for range attempts {
		if out, err = d.record(ctx, d.tests); err != nil {
			return out, nil, err
		}
		countEnds(seen, out)
		if out.Verdict == isolation.Passed {
			break
		}
		d.failures = append(d.failures, recording(out, d.allowed))
	}
	return out, seen, nil
}

// countEnds adds what one process says of its tests.
func countEnds(seen map[string]ends, out isolation.Outcome) {
	names := failed(out)
	for _, t := range out.Tests {
		if n := seen[t.Test]; !slices.Contains(names, t.Test) {
			n.passed++
			seen[t.Test] = n
		}
	}
	for _, name := range names {
		n := seen[name]
		n.failed++
		seen[name] = n
	}
}

// failed lists the tests that an outcome blames.
func failed(out isolation.Outcome) []string {
	var names []string
	for _, t := range out.Tests {
		if t.Code != 0 {
			names = append(names, t.Test)
		}
	}
	if out.Test != "" && !slices.Contains(names, out.Test) {
		names = append(names, out.Test)
	}
	return names
}

// setAside keeps a test from judging.
func (d *dryRun) setAside(test, reason string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.aside[test] {
		return
	}
	d.aside[test] = true
	d.report.SetAside = append(d.report.SetAside, report.SetAside{Package: d.pkg, Test: test, Reason: reason})
}
