package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/config"
)

// configured finds the module that args mean, fills the command's flags from the
// module's configuration where the user gave none, and then checks them.
func (a *app) configured(cmd *cobra.Command, args []string, check func() error) (target, error) {
	t, err := a.target(args)
	if err != nil {
		return t, err
	}
	from, err := configure(cmd, t.dir)
	if err != nil {
		return t, err
	}
	return t, from.blame(check())
}

// configuredKeys are the flags that a file has set.
type configuredKeys map[string]bool

// configure sets the flags of cmd that the file in dir sets and the user did not.
// Settings of other commands mean nothing here.
func configure(cmd *cobra.Command, dir string) (configuredKeys, error) {
	file, err := config.Read(dir)
	if err != nil {
		return nil, err
	}
	from := make(configuredKeys)
	for _, s := range file.Settings() {
		flag := cmd.Flags().Lookup(s.Key)
		if flag == nil || flag.Changed {
			continue
		}
		for _, value := range s.Values {
			if err := cmd.Flags().Set(s.Key, value); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", config.Name, s.Key, err)
			}
		}
		from[s.Key] = true
	}
	return from, nil
}

// blame says of an error about a flag that a file has set where the value comes
// from.
func (c configuredKeys) blame(err error) error {
	if err == nil {
		return nil
	}
	word, _, _ := strings.Cut(err.Error(), " ")
	if name, ok := strings.CutPrefix(word, "--"); ok && c[strings.TrimSuffix(name, ":")] {
		return fmt.Errorf("%s: %w", config.Name, err)
	}
	return err
}
