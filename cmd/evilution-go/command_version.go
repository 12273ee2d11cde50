package main

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return errors.New("version: takes no arguments")
			}
			_, err := fmt.Fprintf(a.stdout, "evilution-go %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return blame(err)
		},
	}
}

// version is the module's version as the go command recorded it, "devel" for a
// build from a work tree.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}
