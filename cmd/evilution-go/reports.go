package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/markdown"
)

// reportFlags say where reports go, beside the one on standard output.
type reportFlags struct {
	reports []string
	output  string
}

func (f *reportFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.reports, "report", nil, "write a report, as `FORMAT=FILE`; any number of times, - is standard output")
	cmd.Flags().StringVar(&f.output, "output", "", "write the report of --format to this `file`; standard output then has the summary")
}

// destination is one report that was asked for.
type destination struct {
	format format
	path   string // "-": standard output
}

// destinations are the reports that the flags ask for, each to a place of its own
// that can be written. The one for standard output, of which there is always
// exactly one, is first.
func (f *reportFlags) destinations(view *viewFlags) ([]destination, error) {
	first, _ := formatNamed(view.format)
	list := []destination{{first, "-"}}
	if f.output != "" {
		list = []destination{{formats()[0], "-"}, {first, f.output}}
		view.brief = true
	}
	standard := view.format != "text" || f.output != "" // somebody asked for standard output
	for _, value := range f.reports {
		d, err := parseDestination(value)
		if err != nil {
			return nil, err
		}
		if d.path != "-" {
			list = append(list, d)
			continue
		}
		if standard {
			return nil, fmt.Errorf("--report %s: standard output has another report already", value)
		}
		list[0], standard = d, true
	}
	return list, checkDestinations(list)
}

// parseDestination reads FORMAT=FILE. FORMAT alone means standard output.
func parseDestination(value string) (destination, error) {
	name, path, _ := strings.Cut(value, "=")
	format, ok := formatNamed(name)
	if !ok {
		return destination{}, fmt.Errorf("--report %s: %w", value, mustBeOneOf(name, formatNames()))
	}
	if path == "" && strings.Contains(value, "=") {
		return destination{}, fmt.Errorf("--report %s: the file is missing", value)
	}
	return destination{format, cmp.Or(path, "-")}, nil
}

func checkDestinations(list []destination) error {
	seen := make(map[string]string)
	for _, d := range list[1:] {
		abs, err := filepath.Abs(d.path)
		if err != nil {
			return err
		}
		if other, twice := seen[abs]; twice {
			return fmt.Errorf("--report %s=%s: the %s report goes there too", d.format.name, d.path, other)
		}
		seen[abs] = d.format.name
		if err := checkOutput(d.path); err != nil {
			return fmt.Errorf("report %s: %w", d.format.name, err)
		}
	}
	return nil
}

// deliver writes r to every destination. One that cannot be written does not keep
// the others from being written.
func (a *app) deliver(list []destination, r *report.Report, v report.View, text report.TextOptions) error {
	var trouble []error
	if list[0].path != "-" || list[0].format.name != "text" {
		a.object(v.Failures)
	}
	for i, d := range list {
		fill := func(w io.Writer) error { return d.format.write(w, r, v) }
		if d.format.write == nil {
			o := text
			if i > 0 { // a file is no terminal, and wants all of it
				o.Color, o.Quiet = false, false
			}
			fill = func(w io.Writer) error { return r.WriteText(w, o) }
		}
		err := a.write(d, fill)
		if err == nil && d.format.name == "github" {
			err = appendSummary(r, v)
		}
		if err != nil {
			trouble = append(trouble, fmt.Errorf("report %s: %w", d.format.name, err))
		}
	}
	return errors.Join(trouble...)
}

// object tells why the exit code is not 0 where standard output has no text that does.
func (a *app) object(failures []string) {
	for _, failure := range failures {
		fmt.Fprintf(a.stderr, "evilution-go: gate failed: %s\n", failure)
	}
}

func (a *app) write(d destination, fill func(io.Writer) error) error {
	if d.path == "-" {
		return fill(a.stdout)
	}
	return writeOutput(d.path, fill)
}

// annotate adds the report that GitHub Actions understands, if the run is part of
// a workflow, standard output has text, and nobody asked for it already.
func annotate(list []destination) []destination {
	if os.Getenv("GITHUB_ACTIONS") != "true" || list[0].format.name != "text" {
		return list
	}
	for _, d := range list {
		if d.format.name == "github" {
			return list
		}
	}
	github, _ := formatNamed("github")
	return append(list, destination{github, "-"})
}

// appendSummary adds the report to the job's summary page, where there is one.
func appendSummary(r *report.Report, v report.View) error {
	path := os.Getenv("GITHUB_STEP_SUMMARY")
	if path == "" {
		return nil
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	return errors.Join(markdown.Write(file, r, v), file.Close())
}

// reportView is what the formats want to know beside the report of the module in
// dir.
func reportView(dir string, failures []string, source report.Source) report.View {
	return report.View{Source: source, Failures: failures, Prefix: prefix(dir), Time: time.Now()}
}

// prefix is where dir lies in its repository, "" for its top or where there is
// none.
func prefix(dir string) string {
	for at := dir; ; {
		if _, err := os.Stat(filepath.Join(at, ".git")); err == nil {
			rel, err := filepath.Rel(at, dir)
			if err != nil || rel == "." {
				return ""
			}
			return filepath.ToSlash(rel)
		}
		up := filepath.Dir(at)
		if up == at {
			return ""
		}
		at = up
	}
}
