package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// nearest is the candidate that a typing mistake most likely meant: one that
// begins with name, or the one with the fewest edits if these are at most a third
// of its letters. It is "" where nothing is near.
func nearest(name string, candidates []string) string {
	best, edits := "", 0
	for _, c := range candidates {
		if name != "" && strings.HasPrefix(c, name) {
			return c
		}
		d := levenshtein.ComputeDistance(name, c)
		if d <= max(2, len(c)/3) && d < len(c) && (best == "" || d < edits) {
			best, edits = c, d
		}
	}
	return best
}

// didYouMean is the end of an error that names the nearest candidate, "" where
// nothing is near.
func didYouMean(name string, candidates []string) string {
	if near := nearest(name, candidates); near != "" {
		return fmt.Sprintf(", did you mean %q?", near)
	}
	return ""
}

// unknownCommand is the error for a command that does not exist.
func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return fmt.Errorf("unknown command %q%s", name, didYouMean(name, names))
}

// flagError adds the nearest flag to the error for one that does not exist.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return fmt.Errorf("unknown flag --%s%s", unknown.GetSpecifiedName(), didYouMean("--"+unknown.GetSpecifiedName(), names))
}

// oneOf is an error unless value is one of the allowed ones.
func oneOf(flag, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("--%s %q: %w", flag, value, mustBeOneOf(value, allowed))
}

// mustBeOneOf is the error for a value that is none of the allowed ones.
func mustBeOneOf(value string, allowed []string) error {
	return fmt.Errorf("must be one of %s%s", strings.Join(allowed, ", "), didYouMean(value, allowed))
}
