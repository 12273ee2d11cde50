package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner"
)

// engine is what the commands do their work with. Tests put in functions of
// their own.
type engine struct {
	run        func(context.Context, runner.Options) (*report.Report, error)
	list       func(context.Context, runner.Options) (*report.Report, error)
	tests      func(context.Context, runner.Options) (*report.Report, error)
	verify     func(context.Context, runner.VerifyOptions) (*report.Verification, error)
	worker     func(dir string) int
	copyBinary func(outDir string, args []string) error
	trap       func(handle func(syscall.Signal)) (stop func())
}

// app is one invocation of the command. Only the main goroutine touches it.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	engine         engine
	end            ending // set by the command that ran
}

// ending is how the process should end: of signal if it is not 0, else with code.
type ending struct {
	code   int
	signal syscall.Signal
}

// trouble is an error that is not the user's: the tool could not do its work.
// Every other error that a command returns is a mistake in what was asked.
type trouble struct{ error }

func (t trouble) Unwrap() error { return t.error }

// blame makes err trouble unless the runner says that the user can mend it.
func blame(err error) error {
	if err == nil || mendable(err) {
		return err
	}
	return trouble{err}
}

// mendable tells whether the runner says that the user can mend err. What was
// asked for then makes no sense, and there is nothing to report.
func mendable(err error) bool {
	var usage *runner.UsageError
	return errors.As(err, &usage)
}

// main runs the command that args name, and tells how the process should end.
func (a *app) main(args []string) ending {
	root := a.root()
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		fmt.Fprintf(a.stderr, "evilution-go: %v\n", err)
		a.end.code = report.ExitUsage
		if errors.As(err, new(trouble)) {
			a.end.code = report.ExitBroken
		}
	}
	return a.end
}

// root is the command without a name: it gives help, or says that it does not
// know the command that was named.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "evilution-go",
		Short:         "Find what a Go test suite does not notice",
		Long:          "evilution-go changes Go code in many small ways (mutants), runs the tests that could\nnotice each change, and shows the changes that nobody noticed.",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		return unknownCommand(root, args[0])
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(a.runCommand(), a.reportCommand(), a.mergeCommand(), a.showCommand(), a.acceptCommand(), a.mutantsCommand(), a.verifyCommand(), a.subjectsCommand(), a.testsCommand(), a.operatorsCommand(), a.initCommand(), a.envCommand(), a.versionCommand(), a.workerCommand(), a.copyBinaryCommand(), a.docsCommand())
	a.complete(root)
	root.InitDefaultCompletionCmd()
	return root
}

// isTerminal tells whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
