package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/baseline"
	"github.com/evilution-go/evilution-go/internal/config"
	"github.com/evilution-go/evilution-go/runner"
)

// environment is what `env` tells.
type environment struct {
	Tool       string    `json:"tool"`
	BuiltWith  string    `json:"built_with"`
	Platform   string    `json:"platform"`
	CPUs       int       `json:"cpus"`
	Go         string    `json:"go"`        // the go command, "" if there is none
	Toolchain  string    `json:"toolchain"` // its version, "" if unknown
	Git        string    `json:"git"`
	Module     string    `json:"module"` // the root
	Config     string    `json:"config"` // the file, "" if there is none
	Baseline   string    `json:"baseline"`
	Cache      string    `json:"cache"`
	Settings   []setting `json:"settings"`
	Unenforced []string  `json:"unenforced"` // bounds that the platform cannot put on a mutant
	// Sandbox says for each value of --sandbox why it is not allowed here, "" if it is.
	Sandbox map[string]string `json:"sandbox"`
}

// setting is a flag of `run` with its value and where that comes from.
type setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"` // default, flag or the name of the file
}

func (a *app) envCommand() *cobra.Command {
	var f runFlags
	var format string
	cmd := &cobra.Command{
		Use:   "env [directory]",
		Short: "Show versions, the settings in force and where each comes from, and what the platform enforces",
		Long: "Show what a run here would use. The flags of run may be given, to see how they meet the module's\n" +
			config.Name + ".",
		Example: "  evilution-go env\n  evilution-go env --min-score 90 --format json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, textAndJSON()...); err != nil {
				return err
			}
			return a.env(cmd, &f, args, format)
		},
	}
	f.session.add(cmd)
	f.asked.add(cmd)
	f.baseline.add(cmd)
	f.reports.add(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (a *app) env(cmd *cobra.Command, f *runFlags, args []string, format string) error {
	given := make(map[string]bool)
	for _, s := range settingsOf(cmd, nil) {
		given[s.Name] = s.From == "flag"
	}
	f.view.format = format
	t, err := a.configured(cmd, args, func() error { return f.check(cmd) })
	if err != nil {
		return err
	}
	e := environmentOf(t.dir)
	e.Settings = settingsOf(cmd, given)
	if format == "json" {
		enc := json.NewEncoder(a.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return blame(enc.Encode(e))
	}
	return blame(e.write(a))
}

// settingsOf lists the flags of cmd. Those that are set and not among given come
// from the file; with no given at all, from the user.
func settingsOf(cmd *cobra.Command, given map[string]bool) []setting {
	var list []setting
	for _, name := range config.Keys() {
		flag := cmd.Flags().Lookup(name)
		if flag == nil {
			continue
		}
		s := setting{name, flag.Value.String(), "default"}
		switch {
		case given == nil && flag.Changed || given[name]:
			s.From = "flag"
		case flag.Changed:
			s.From = config.Name
		}
		list = append(list, s)
	}
	return list
}

// environmentOf looks around, without starting anything.
func environmentOf(dir string) environment {
	e := environment{
		Tool: version(), BuiltWith: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU(),
		Module: dir, Config: existing(dir, config.Name), Baseline: existing(dir, baseline.Name), Unenforced: runner.Unenforced(), Sandbox: runner.Refusals(),
	}
	if e.Unenforced == nil {
		e.Unenforced = []string{}
	}
	e.Go, _ = exec.LookPath("go")
	e.Git, _ = exec.LookPath("git")
	if real, err := filepath.EvalSymlinks(e.Go); err == nil {
		text, _ := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(real)), "VERSION"))
		e.Toolchain, _, _ = strings.Cut(string(text), "\n")
	}
	if cache, err := cachePath(dir, ""); err == nil {
		e.Cache = filepath.Clean(cache)
	}
	return e
}

// existing is the path of a file in dir, "" if it is not there.
func existing(dir, name string) string {
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

func (e environment) write(a *app) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	line := func(name, value string) {
		if value == "" {
			value = "none"
		}
		fmt.Fprintf(w, "%s\t%s\n", name, value)
	}
	line("evilution-go", fmt.Sprintf("%s, built with %s", e.Tool, e.BuiltWith))
	line("platform", fmt.Sprintf("%s, %d CPUs", e.Platform, e.CPUs))
	line("go", strings.TrimSpace(e.Go+" "+e.Toolchain))
	line("git", e.Git)
	line("module", e.Module)
	line("config", e.Config)
	line("baseline", e.Baseline)
	line("cache", e.Cache)
	line("not enforced", strings.Join(e.Unenforced, ", "))
	for _, name := range runner.Sandboxes() {
		why := "allowed"
		if e.Sandbox[name] != "" {
			why = "not allowed: " + e.Sandbox[name]
		}
		line("sandbox "+name, why)
	}
	fmt.Fprintln(w)
	for _, s := range e.Settings {
		fmt.Fprintf(w, "%s\t%s\t%s\n", s.Name, s.Value, s.From)
	}
	return w.Flush()
}
