package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/mutate"
	"github.com/evilution-go/evilution-go/runner"
)

// complete teaches the shells the values of flags and the ids of the last run.
// `completion` prints the scripts.
func (a *app) complete(root *cobra.Command) {
	values := map[string][]string{
		"operators": operatorNames(), "profile": {"default", "strong", "all"},
		"tests": {runner.TestsModule, runner.TestsPackage}, "confirm-survivors": {"auto", "always", "never"},
		"timeouts": {timeoutsDetected, timeoutsUndetected}, "fail-on": {failOnNew},
	}
	for _, cmd := range root.Commands() {
		for name, list := range values {
			if cmd.Flags().Lookup(name) != nil {
				_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp))
			}
		}
		if cmd.Flags().Lookup("report") != nil {
			_ = cmd.RegisterFlagCompletionFunc("report", cobra.FixedCompletions(formatPrefixes(), cobra.ShellCompDirectiveNoSpace|cobra.ShellCompDirectiveNoFileComp))
			_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formatNames(), cobra.ShellCompDirectiveNoFileComp))
		} else if cmd.Flags().Lookup("format") != nil {
			_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(textAndJSON(), cobra.ShellCompDirectiveNoFileComp))
		}
		if name := cmd.Name(); name == "show" || name == "accept" {
			cmd.ValidArgsFunction = a.completeIDs
		}
	}
}

// operatorNames are the names of all operators.
func operatorNames() []string {
	var names []string
	for _, o := range mutate.Operators() {
		names = append(names, o.Name)
	}
	return names
}

// formatPrefixes are the beginnings of values of --report.
func formatPrefixes() []string {
	var list []string
	for _, name := range formatNames() {
		list = append(list, name+"=")
	}
	return list
}

// completeIDs offers the undetected mutants of the last run.
func (a *app) completeIDs(_ *cobra.Command, args []string, begin string) ([]string, cobra.ShellCompDirective) {
	t, err := a.target(nil)
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	rec, err := loadRecord(t.dir)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, m := range rec.all() {
		if rec.Report.Undetected(m) && strings.HasPrefix(m.ID, begin) {
			ids = append(ids, m.ID+"\t"+m.Operator+" in "+m.Function)
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
