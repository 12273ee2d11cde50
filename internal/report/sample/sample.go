// Package sample holds reports for the tests of the packages that write reports.
// It owns nothing that runs; every call gives values of their own.
package sample

import (
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

const source = `package calc

// Max is the greater one.
func Max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func Unused() int {
	return 1 + 2
}
`

// Source gives the text of the sample's only file, whatever its name.
func Source(string) ([]byte, error) { return []byte(source), nil }

// Change is a mutant of source that replaces the first original by replacement.
func Change(id, operator, function, original, replacement string) mutant.Mutant {
	offset := strings.Index(source, original)
	line := 1 + strings.Count(source[:offset], "\n")
	column := offset - strings.LastIndex(source[:offset], "\n")
	return mutant.Mutant{
		ID: id, Package: "example.com/calc", File: "calc.go", Line: line, Column: column,
		Function: function, Operator: operator,
		Edits: []mutant.Edit{{File: "calc.go", Offset: offset, Original: original, Replacement: replacement}},
	}
}

// Report is a report with a mutant of every status.
func Report() *report.Report {
	with := func(m mutant.Mutant, s mutant.Status, cause, reason string) *report.Mutant {
		m.Status, m.Reason = s, reason
		return &report.Mutant{Mutant: m, Cause: cause}
	}
	boundary := Change("m1", "comparison_boundary", "Max", "a > b", "a >= b")
	killed := with(Change("m2", "condition_false", "Max", "a > b", "false"), mutant.Killed, report.CauseTest, "TestMax failed")
	killed.KilledBy, killed.TestsRun, killed.TestsReaching = "TestMax", []string{"TestMax"}, []string{"TestMax"}
	survivor := with(boundary, mutant.Survived, report.CauseAssertion, "TestMax ran and no assertion noticed")
	survivor.TestsRun, survivor.TestsReaching = []string{"TestMax"}, []string{"TestMax"}
	uncovered := with(Change("m3", "arithmetic", "Unused", "1 + 2", "1 - 2"), mutant.NotCovered, report.CauseReach, "no test executes it")
	r := &report.Report{
		Complete: true, Module: "example.com/calc", GoVersion: "go1.26.0",
		Tool:     report.Tool{Name: "evilution-go", Version: "v0.0.1"},
		Timing:   report.Timing{Setup: report.Setup{Load: 80, Build: 900, DryRun: 31, Total: 1011}, Mutants: 212, Total: 1300},
		Packages: []report.Package{{Path: "example.com/calc", Status: report.PackageOK}, {Path: "example.com/calc/red", Status: report.PackageTestsFail, Message: "--- FAIL: TestRed\n    red_test.go:7: no"}},
		SetAside: []report.SetAside{{Package: "example.com/calc", Test: "TestAllocs", Reason: "fails when instrumented"}},
		Notes:    []string{"the memory bound is sampled on this platform"},
		Mutants: []*report.Mutant{
			survivor, killed, uncovered,
			with(Change("m4", "block_removal", "Max", "{\n\t\treturn a\n\t}", "{\n\t}"), mutant.Timeout, report.CauseIterations, "a loop ran 12000 times, 40 in the dry run"),
			with(Change("m5", "return_value", "Max", "return b", "return 0"), mutant.Flaky, "", "TestMax fails without any mutant too"),
			with(Change("m6", "return_value", "Max", "return a", "return 0"), mutant.Error, "", "the child broke a frame"),
			with(Change("m7", "arithmetic", "Unused", "1 + 2", "1 * 2"), mutant.Invalid, "", "no"),
			with(Change("m8", "arithmetic", "Unused", "1 + 2", "1 / 2"), mutant.Equivalent, "", "same"),
			with(Change("m9", "arithmetic", "Unused", "1 + 2", "1 % 2"), mutant.Ignored, "", "noise"),
			with(Change("m10", "arithmetic", "Unused", "1 + 2", "1"), mutant.Pending, "", "the tests of its package fail"),
		},
	}
	r.Summarize()
	return r
}
