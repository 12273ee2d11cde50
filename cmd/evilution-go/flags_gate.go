package main

import (
	"errors"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
)

// gateFlags say what must hold for exit code 0.
type gateFlags struct {
	minScore     float64
	minCovered   float64
	maxSurvivors int
	maxErrors    int
	timeouts     string
	failOn       string
}

// Values of the flags --timeouts and --fail-on.
const (
	timeoutsDetected   = "detected"
	timeoutsUndetected = "undetected"
	failOnNew          = "new"
)

func (f *gateFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Float64Var(&f.minScore, "min-score", 0, "exit 1 if the score is below this `percentage`")
	flags.Float64Var(&f.minCovered, "min-covered-score", 0, "exit 1 if the score of the code that tests execute is below this `percentage`")
	flags.IntVar(&f.maxSurvivors, "max-survivors", 0, "exit 1 if more than `N` mutants survive without being accepted (default: any number may)")
	flags.IntVar(&f.maxErrors, "max-errors", 0, "exit 1 if more than `N` mutants could not be judged")
	flags.StringVar(&f.timeouts, "timeouts", timeoutsDetected, "count mutants that ran into a limit of time as detected or undetected")
	flags.StringVar(&f.failOn, "fail-on", "", "new: exit 1 if a mutant is undetected and not accepted in the baseline")
}

// check finds values that cannot be meant.
func (f *gateFlags) check(cmd *cobra.Command) (report.Gate, error) {
	g := report.Gate{MaxErrors: f.maxErrors, NoNew: f.failOn != ""}
	set := cmd.Flags().Changed
	for _, p := range []struct {
		name  string
		value *float64
		into  **float64
	}{{"min-score", &f.minScore, &g.MinScore}, {"min-covered-score", &f.minCovered, &g.MinCoveredScore}} {
		if !set(p.name) {
			continue
		}
		if math.IsNaN(*p.value) || *p.value < 0 || *p.value > 100 {
			return g, fmt.Errorf("--%s %v: must be between 0 and 100", p.name, *p.value)
		}
		*p.into = p.value
	}
	for name, n := range map[string]int{"max-survivors": f.maxSurvivors, "max-errors": f.maxErrors} {
		if n < 0 {
			return g, fmt.Errorf("--%s %d: must not be negative", name, n)
		}
	}
	if set("max-survivors") {
		g.MaxSurvivors = &f.maxSurvivors
	}
	if f.failOn != "" {
		if err := oneOf("fail-on", f.failOn, failOnNew); err != nil {
			return g, err
		}
	}
	return g, oneOf("timeouts", f.timeouts, timeoutsDetected, timeoutsUndetected)
}

// count makes a report's numbers those that the flags ask for.
func (f *gateFlags) count(r *report.Report) {
	r.TimeoutsUndetected = f.timeouts == timeoutsUndetected
	r.Summarize()
}

// baselineFlags are the flags of `run` about the baseline.
type baselineFlags struct {
	update   bool
	failFast int
}

func (f *baselineFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.update, "update-baseline", false, "accept every mutant that no test notices now, and drop what is gone from the baseline")
	flags.IntVar(&f.failFast, "fail-fast", 0, "end with exit code 1 after `N` undetected mutants that are not accepted (default: never)")
}

func (f *baselineFlags) check(cmd *cobra.Command) error {
	if cmd.Flags().Changed("fail-fast") && f.failFast < 1 {
		return fmt.Errorf("--fail-fast %d: must be at least 1", f.failFast)
	}
	if f.update && f.failFast > 0 {
		return errors.New("--update-baseline and --fail-fast exclude each other")
	}
	return nil
}
