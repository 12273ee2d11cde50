package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/baseline"
)

func (a *app) acceptCommand() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "accept ID [directory] --reason TEXT",
		Short: "Accept a mutant of the last run that no test notices, with the reason",
		Long: "Write a mutant of the last run that no test notices into " + baseline.Name + ", which is meant to\n" +
			"be checked in. Later runs show it as accepted; --fail-on new and --max-survivors leave it out.\n" +
			"It still counts for the score. The beginning of an ID is enough where it is the only one.",
		Example: `  evilution-go accept 8686be254288 --reason "the cache makes no difference that can be seen"`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return errors.New("accept: name one mutant, and its module's directory if that is not this one")
			}
			return a.accept(args[0], args[1:], reason)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why nobody needs to `notice` this change")
	return cmd
}

func (a *app) accept(id string, where []string, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return errors.New("accept: say why with --reason")
	}
	t, err := a.target(where)
	if err != nil {
		return err
	}
	rec, err := loadRecord(t.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("accept %s: no run of %s is known; start one with: evilution-go run%s", id, t.dir, t.argument())
	}
	if err != nil {
		return trouble{err}
	}
	m, err := find("accept", rec.all(), id)
	if err != nil {
		return err
	}
	if !rec.Report.Undetected(m) {
		return fmt.Errorf("accept %s: it is %s, not undetected", m.ID, m.Status)
	}
	accepted, err := readAcceptance(t.dir)
	if err != nil {
		return err
	}
	accepted.file.Put(entryOf(&m.Mutant, strings.TrimSpace(reason), rec.source))
	if err := accepted.file.Write(accepted.path); err != nil {
		return trouble{err}
	}
	fmt.Fprintf(a.stdout, "accepted %s  %s:%d  %s in %s\n", m.ID, m.File, m.Line, m.Operator, m.Function)
	return nil
}
