package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/scope"
)

// scopeFlags say which of the mutants are asked for.
type scopeFlags struct {
	since   string
	diff    string
	targets []string
	exclude []string
	mutant  string
}

func (f *scopeFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.since, "since", "", "only lines that have changed since this git `ref`, uncommitted and untracked ones too")
	flags.StringArrayVar(&f.targets, "target", nil, "only this `place` or operator: pkg.Func, T, '(*T).Method', file.go:10-20; may be repeated")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "ignore the mutants of files that match this `pattern`, such as 'internal/gen/**'; may be repeated")
}

// addDiff adds a flag that `mutants` uses for another thing.
func (f *scopeFlags) addDiff(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.diff, "diff", "", "only lines that the patch in this `file` has changed; - is standard input")
}

// scope reads what the flags name, as far as that needs no git.
func (a *app) scope(f scopeFlags, t target) (scope.Scope, error) {
	asked := scope.Scope{Exclude: f.exclude, Mutant: f.mutant}
	for _, text := range f.targets {
		place, err := scope.ParseTarget(text)
		if err != nil {
			return asked, fmt.Errorf("--target %w", err)
		}
		asked.Targets = append(asked.Targets, place)
	}
	for _, pattern := range f.exclude {
		if err := scope.CheckExclude(pattern); err != nil {
			return asked, fmt.Errorf("--exclude %w", err)
		}
	}
	if f.diff == "" {
		return asked, nil
	}
	if f.since != "" {
		return asked, errors.New("--since and --diff exclude each other")
	}
	changes, err := a.patched(f.diff, t)
	if err != nil {
		return asked, fmt.Errorf("--diff %s: %w", f.diff, err)
	}
	asked.Changes = &changes
	return asked, nil
}

// patched reads a patch and finds the lines of the module that it has changed.
func (a *app) patched(path string, t target) (scope.Changes, error) {
	in := a.stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return scope.Changes{}, errors.Unwrap(err)
		}
		defer file.Close()
		in = file
	}
	patch, err := scope.Parse(io.LimitReader(in, largestPatch))
	if err != nil {
		return scope.Changes{}, err
	}
	return patch.Locate(t.dir)
}

// largestPatch is more than anybody writes; it keeps a wrong pipe from filling the
// memory.
const largestPatch = 256 << 20
