package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/mutate"
)

// operatorsFlags are the flags of `operators`.
type operatorsFlags struct {
	profile string
	format  string
}

func (a *app) operatorsCommand() *cobra.Command {
	var f operatorsFlags
	cmd := &cobra.Command{
		Use:   "operators",
		Short: "List the kinds of change, each with its profile and an example",
		Long: "List the operators, the kinds of change that make mutants: the name that --operators takes,\n" +
			"the profile that first uses it, what it does, and one line of Go before and after.",
		Example: "  evilution-go operators --profile default\n" +
			"  evilution-go operators --format json",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return errors.New("operators: takes no arguments")
			}
			return a.operators(f)
		},
	}
	cmd.Flags().StringVar(&f.profile, "profile", "all", "list only those of this `profile`: default, strong or all")
	cmd.Flags().StringVar(&f.format, "format", "text", "format of the list: text or json")
	return cmd
}

func (a *app) operators(f operatorsFlags) error {
	if err := cmp.Or(checkProfile(f.profile), oneOf("format", f.format, "text", "json")); err != nil {
		return err
	}
	list, err := mutate.Select(nil, f.profile)
	if err != nil {
		return err
	}
	if f.format == "json" {
		return blame(writeOperatorsJSON(a.stdout, list))
	}
	return blame(writeOperators(a.stdout, list))
}

func checkProfile(name string) error { return oneOf("profile", name, mutate.Profiles...) }

func writeOperators(w io.Writer, list []mutate.Operator) error {
	for i, o := range list {
		gap := "\n"
		if i == 0 {
			gap = ""
		}
		_, err := fmt.Fprintf(w, "%s%s (%s)\n  %s\n  - %s\n  + %s\n", gap, o.Name, o.Profile, o.Doc, o.Before, o.After)
		if err != nil {
			return err
		}
	}
	return nil
}

// listedOperator is an operator as JSON shows it.
type listedOperator struct {
	Name    string `json:"name"`
	Profile string `json:"profile"`
	Doc     string `json:"doc"`
	Before  string `json:"before"`
	After   string `json:"after"`
}

func writeOperatorsJSON(w io.Writer, list []mutate.Operator) error {
	out := make([]listedOperator, len(list))
	for i, o := range list {
		out[i] = listedOperator{o.Name, o.Profile.String(), o.Doc, o.Before, o.After}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}
