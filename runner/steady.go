package runner

import (
	"context"
	"maps"
	"slices"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/workqueue"
)

// attempts is how often a failing list of tests is run before its failures are
// called steady.
const attempts = 3

// steady finds a list of tests that passes as a whole, in order, while
// recording. A test that fails is set aside when it passes at other times, or
// when it passes without instrumentation. The outcome is nil when the package's
// tests fail plainly, or none is left.
func (d *dryRun) steady(ctx context.Context) (*isolation.Outcome, error) {
	var tests []string // all
	for plain := false; ; {
		out, failing, err := d.attempt(ctx, tests)
		if err != nil {
			return nil, err
		}
		if out.Verdict == isolation.Passed && len(failing) == 0 {
			return &out, nil
		}
		if out.Verdict != isolation.Passed {
			if plain, err = d.plainPasses(ctx, plain, failing, out); err != nil || !plain {
				return nil, err
			}
		}
		for _, name := range slices.Sorted(maps.Keys(failing)) {
			if failing[name] < attempts {
				d.setAside(name, "passes and fails on the same code: it is flaky and never judges")
			} else {
				d.setAside(name, "passes plainly but fails when instrumented")
			}
		}
		tests = slices.DeleteFunc(d.allowed(out.Hello.Tests), func(name string) bool { return d.aside[name] })
		if len(tests) == 0 {
			d.setPackage(d.pkg, report.PackageTestsFail, "no test is left that could judge")
			return nil, nil
		}
	}
}

// attempt records a list until it passes, a few times at most, and counts how
// often each test failed meanwhile.
func (d *dryRun) attempt(ctx context.Context, tests []string) (out isolation.Outcome, failing map[string]int, err error) {
	failing = make(map[string]int)
	for range attempts {
		if out, err = d.record(ctx, tests); err != nil || out.Verdict == isolation.Passed {
			break
		}
		for _, name := range failed(out) {
			failing[name]++
		}
	}
	return out, failing, err
}

// plainPasses tells whether the package's tests pass without instrumentation,
// so that failing tests can be set aside; known is an earlier answer. If not,
// the package is marked.
func (d *dryRun) plainPasses(ctx context.Context, known bool, failing map[string]int, out isolation.Outcome) (bool, error) {
	if !known {
		plain, err := do[job.PlainReply](ctx, d.session, workqueue.Item{Kind: job.KindPlain, Timeout: 2 * dryRunLimit}, job.PlainRequest{
			Place: d.place, Package: d.pkg, Rel: d.binary.Rel, Tags: d.o.Tags, Skip: d.o.Skip, Limit: dryRunLimit,
		})
		if err != nil {
			return false, err
		}
		if !plain.Passed() {
			d.setPackage(d.pkg, report.PackageTestsFail, string(plain.Output))
			return false, nil
		}
	}
	if len(failing) == 0 {
		d.setPackage(d.pkg, report.PackageTestsFail, "its tests pass plainly, but not when instrumented: "+out.Detail)
		return false, nil
	}
	return true, nil
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
	d.aside[test] = true
	d.mu.Lock()
	defer d.mu.Unlock()
	d.report.SetAside = append(d.report.SetAside, report.SetAside{Package: d.pkg, Test: test, Reason: reason})
}
