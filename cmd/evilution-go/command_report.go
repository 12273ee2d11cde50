package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
)

// renderFlags are the flags of `report`.
type renderFlags struct {
	view    viewFlags
	reports reportFlags
	dir     string
}

func (a *app) reportCommand() *cobra.Command {
	var f renderFlags
	cmd := &cobra.Command{
		Use:   "report [FILE.json]",
		Short: "Write the last run, or a JSON report, again in other formats",
		Long: "Write the report of the last run of the module here again, or that of a file in the JSON format.\n" +
			"The last run is kept with its sources; for a file they are read from the module, and a diff of\n" +
			"what has changed since is left out. Nothing is run, no gate is applied.\n\n" + formatHelp(),
		Example: "  evilution-go report --report html=mutants.html\n" +
			"  evilution-go report mutants.json --report sarif=mutants.sarif --report markdown=-",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("report: name one JSON report, or none for the last run")
			}
			return a.render(f, args)
		},
	}
	f.view.add(cmd)
	f.view.addFormat(cmd, formatNames())
	f.reports.add(cmd)
	cmd.Flags().StringVar(&f.dir, "dir", ".", "`directory` of the module")
	return cmd
}

func (a *app) render(f renderFlags, args []string) error {
	if err := f.view.check(formatNames()); err != nil {
		return err
	}
	t, err := a.target([]string{f.dir})
	if err != nil {
		return err
	}
	out, err := f.reports.destinations(&f.view)
	if err != nil {
		return err
	}
	r, source, err := stored(t, args)
	if err != nil {
		return err
	}
	r.Dir = t.dir
	o := a.textOptions(f.view)
	o.Source = source
	if err := a.deliver(out, r, reportView(t.dir, nil, source), o); err != nil {
		return trouble{err}
	}
	return nil
}

// stored reads the report that args name, or that of the last run.
func stored(t target, args []string) (*report.Report, report.Source, error) {
	if len(args) == 1 {
		r, err := readReport(args[0])
		return r, report.DirSource(t.dir), err
	}
	rec, err := loadRecord(t.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil, fmt.Errorf("report: no run of %s is known; start one with: evilution-go run%s", t.dir, t.argument())
	}
	if err != nil {
		return nil, nil, trouble{err}
	}
	for _, m := range rec.Report.Mutants {
		m.Output = []byte(rec.Outputs[m.ID])
	}
	return rec.Report, rec.source, nil
}

// readReport reads a report in the JSON format.
func readReport(path string) (*report.Report, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := new(report.Report)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("read %s: not a JSON report: %w", path, err)
	}
	if r.SchemaVersion != report.SchemaVersion {
		return nil, fmt.Errorf("read %s: schema_version is %d, this version reads %d", path, r.SchemaVersion, report.SchemaVersion)
	}
	return r, nil
}
