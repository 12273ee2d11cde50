package main

import (
	"errors"

	"github.com/spf13/cobra"
)

// workerCommand is what the runner starts, with the session's scratch directory:
// it serves jobs on the descriptors that it was given until the other side closes
// them.
func (a *app) workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "worker DIRECTORY",
		Hidden: true,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("worker: is for the tool itself")
			}
			a.end.code = a.engine.worker(args[0])
			return nil
		},
	}
}

// copyBinaryCommand is what `go test -exec` starts in place of a test binary: it
// puts the binary aside instead of running it.
func (a *app) copyBinaryCommand() *cobra.Command {
	return &cobra.Command{
		Use:                "copy-binary DIRECTORY BINARY [ARGUMENTS]",
		Hidden:             true,
		DisableFlagParsing: true, // the flags are the test binary's
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return errors.New("copy-binary: is for the tool itself")
			}
			return blame(a.engine.copyBinary(args[0], args[1:]))
		},
	}
}
