package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
)

func (a *app) showCommand() *cobra.Command {
	var f viewFlags
	cmd := &cobra.Command{
		Use:   "show ID [directory]",
		Short: "Tell all about one mutant of the last run: its diff, why, what ran, what that printed",
		Long: "Tell all about one mutant of the last run of the module here, or of the module in the named\n" +
			"directory: its diff, why it has its status, which tests ran, and what they printed.\n" +
			"The beginning of an ID is enough where it is the only one.",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return errors.New("show: name one mutant, and its module's directory if that is not this one")
			}
			return a.show(args[0], args[1:], f)
		},
	}
	f.addColor(cmd)
	return cmd
}

func (a *app) show(id string, where []string, f viewFlags) error {
	t, err := a.target(where)
	if err != nil {
		return err
	}
	rec, err := loadRecord(t.dir)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("show %s: no run of %s is known; start one with: evilution-go run%s", id, t.dir, t.argument())
	}
	if err != nil {
		return trouble{err}
	}
	m, err := find("show", rec.all(), id)
	if err != nil {
		return err
	}
	m.Output = []byte(rec.Outputs[m.ID])
	o := a.textOptions(f)
	o.Source = rec.source
	if err := m.WriteStory(a.stdout, o); err != nil {
		return trouble{err}
	}
	return nil
}

// find is the mutant with this id, or the only one whose id begins with it.
func find(command string, mutants []*report.Mutant, id string) (*report.Mutant, error) {
	var begin []*report.Mutant
	ids := make([]string, len(mutants))
	for i, m := range mutants {
		ids[i] = m.ID
		if m.ID == id {
			return m, nil
		}
		if id != "" && strings.HasPrefix(m.ID, id) {
			begin = append(begin, m)
		}
	}
	switch len(begin) {
	case 1:
		return begin[0], nil
	case 0:
		return nil, fmt.Errorf("%s %s: the last run had no such mutant%s (evilution-go mutants lists them)", command, id, didYouMean(id, ids))
	}
	return nil, fmt.Errorf("%s %s: %d mutants begin like that, such as %s and %s", command, id, len(begin), begin[0].ID, begin[1].ID)
}
