package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/shard"
	"github.com/evilution-go/evilution-go/runner"
)

// sessionFlags say how the mutants are made and judged.
type sessionFlags struct {
	jobs          int
	operators     []string
	profile       string
	ignoreCalls   []string
	tags          string
	skip          string
	timeoutFactor float64
	workerSlack   time.Duration
	recheckAfter  time.Duration
	baselineRuns  int
	confirm       string
	sandbox       []string
	scope         scopeFlags
	tests         string
	noInfection   bool
	noHistory     bool
	shard         string // only `run` has it
}

func (f *sessionFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.IntVarP(&f.jobs, "jobs", "j", runtime.NumCPU(), "how many mutants are judged at the same time")
	f.addChoice(cmd)
	f.scope.addDiff(cmd)
	flags.StringVar(&f.skip, "skip", "", "leave out the tests whose names match this `regexp`")
	flags.StringVar(&f.tests, "tests", runner.TestsModule, "whose tests judge: those of the whole module or of the mutant's own package")
	flags.BoolVar(&f.noInfection, "no-infection", false, "also run tests that execute a mutant without any difference")
	flags.BoolVar(&f.noHistory, "no-history", false, "neither read nor write which test noticed which mutant, which only orders the tests, and which tests were flaky")
	flags.Float64Var(&f.timeoutFactor, "timeout-factor", 0, "wall clock of a mutant as a multiple of what its tests took (default 10)")
	flags.IntVar(&f.baselineRuns, "baseline-runs", 2, "how often the tests must pass in their order without any mutant; one that passes and fails is flaky and never judges")
	flags.StringSliceVar(&f.sandbox, "sandbox", nil, "more `walls` around the tests of each worker (Linux, root): overlay (the module at its own path, writes are thrown away), net (a network of its own), or both with a comma")
	flags.DurationVar(&f.workerSlack, "worker-slack", 0, "how much longer than its mutant a worker may take (default a minute); for tests")
	flags.DurationVar(&f.recheckAfter, "recheck-after", 0, "least time between two checks of the suite without any mutant (default 10s); for tests")
	for _, name := range []string{"worker-slack", "recheck-after"} {
		_ = flags.MarkHidden(name) // it is there
	}
	flags.StringVar(&f.confirm, "confirm-survivors", "auto", "run the package's whole test binary on survivors: auto (where it is cheap), always or never")
}

// addChoice adds the flags that choose the mutants.
func (f *sessionFlags) addChoice(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&f.operators, "operators", nil, "use only these operators, by `names` with commas (default: those of the profile)")
	cmd.Flags().StringVar(&f.profile, "profile", "", "which `profile` of operators: default, strong or all (not given: default, and all with --operators)")
	cmd.Flags().StringSliceVar(&f.ignoreCalls, "ignore-calls", nil, "ignore calls of these functions like those that log: `patterns` such as 'pkg/path.T.Debug*', with commas")
	cmd.Flags().StringVar(&f.tags, "tags", "", "build `tags` with commas, as for the go command")
	f.scope.add(cmd)
}

// check finds values that cannot be meant.
func (f *sessionFlags) check(cmd *cobra.Command) error {
	if cmd.Flags().Changed("jobs") && f.jobs < 1 {
		return fmt.Errorf("--jobs %d: must be at least 1", f.jobs)
	}
	if cmd.Flags().Changed("timeout-factor") && !(f.timeoutFactor >= 1) {
		return fmt.Errorf("--timeout-factor %v: must be at least 1", f.timeoutFactor)
	}
	if cmd.Flags().Changed("baseline-runs") && f.baselineRuns < 1 {
		return fmt.Errorf("--baseline-runs %d: must be at least 1", f.baselineRuns)
	}
	if _, err := regexp.Compile(f.skip); err != nil {
		return fmt.Errorf("--skip %q: %w", f.skip, err)
	}
	for _, name := range f.sandbox {
		if err := oneOf("sandbox", name, runner.Sandboxes()...); err != nil {
			return err
		}
	}
	if err := f.checkChoice(); err != nil {
		return err
	}
	if f.confirm == "" {
		return nil // the command has no such flag
	}
	if err := oneOf("tests", f.tests, runner.TestsModule, runner.TestsPackage); err != nil {
		return err
	}
	return oneOf("confirm-survivors", f.confirm, "auto", "always", "never")
}

// checkChoice finds values that cannot be meant in the flags of addChoice.
func (f *sessionFlags) checkChoice() error {
	if f.profile == "" {
		return nil
	}
	return checkProfile(f.profile)
}

// options are the runner's for a target. Without a cache directory nothing is
// kept for later sessions.
func (a *app) options(f sessionFlags, t target) (runner.Options, error) {
	asked, err := a.scope(f.scope, t)
	if err != nil {
		return runner.Options{}, err
	}
	store, err := cachePath(t.dir, "binaries")
	if err != nil {
		store = ""
	}
	past, err := cachePath(t.dir, "history.json")
	if err != nil || f.noHistory {
		past = ""
	}
	part, err := shard.Parse(f.shard)
	if err != nil {
		return runner.Options{}, fmt.Errorf("--shard %w", err)
	}
	return runner.Options{
		Dir: t.dir, Patterns: t.patterns,
		Jobs: f.jobs, Operators: f.operators, Profile: f.profile, IgnoreCalls: f.ignoreCalls, Tags: f.tags, Skip: f.skip,
		TimeoutFactor: f.timeoutFactor, WorkerSlack: f.workerSlack, RecheckAfter: f.recheckAfter, ConfirmSurvivors: f.confirm,
		Tests: f.tests, NoInfection: f.noInfection, BaselineRuns: f.baselineRuns, Sandbox: f.sandbox,
		Scope: asked, Since: f.scope.since, Shard: part,
		Version: version(), Stderr: a.stderr, Store: store, History: past,
	}, nil
}

// target resolves a command's arguments from the working directory.
func (a *app) target(args []string) (target, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return target{}, trouble{err}
	}
	return resolve(cwd, args)
}

// viewFlags say how a result is shown.
type viewFlags struct {
	format  string
	verbose bool
	quiet   bool
	ignored bool // list what is ignored
	brief   bool // standard output has only the summary, the report is in a file
	noColor bool
}

func (f *viewFlags) add(cmd *cobra.Command) {
	f.addColor(cmd)
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "show every mutant, not only those that ask for work")
	cmd.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "show only the summary, and no progress")
}

// addIgnored adds the flag that lists what is only counted otherwise.
func (f *viewFlags) addIgnored(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.ignored, "show-ignored", false, "also list the mutants that are ignored, with the reasons")
}

// addFormat adds the flag for what standard output has.
func (f *viewFlags) addFormat(cmd *cobra.Command, names []string) {
	last := len(names) - 1
	cmd.Flags().StringVar(&f.format, "format", "text", "what standard output has: "+strings.Join(names[:last], ", ")+" or "+names[last])
}

func (f *viewFlags) addColor(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.noColor, "no-color", false, "no colours, even on a terminal (NO_COLOR does the same)")
}

// textAndJSON are the formats of the commands that have no more.
func textAndJSON() []string { return []string{"text", "json"} }

// check finds values that cannot be meant; formats are the command's.
func (f *viewFlags) check(formats []string) error {
	if f.verbose && f.quiet {
		return errors.New("--verbose and --quiet exclude each other")
	}
	return oneOf("format", f.format, formats...)
}

// textOptions are the report's for text on standard output.
func (a *app) textOptions(f viewFlags) report.TextOptions {
	colors := !f.noColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(a.stdout)
	return report.TextOptions{Color: colors, Verbose: f.verbose, Quiet: f.quiet || f.brief, ShowIgnored: f.ignored}
}
