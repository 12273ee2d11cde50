package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/config"
)

func (a *app) initCommand() *cobra.Command {
	var schema bool
	cmd := &cobra.Command{
		Use:   "init [directory]",
		Short: "Write a commented " + config.Name + " into the module's root",
		Long: "Write " + config.Name + " into the root of the module here, or of that in the named directory. Everything\n" +
			"in it is a comment: it sets nothing and explains every setting.",
		Example: "  evilution-go init\n" +
			"  evilution-go init --schema > evilution.schema.json   # for editors",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("init: name one module's directory, or none for the module here")
			}
			if schema {
				return a.schema()
			}
			return a.init(args)
		},
	}
	cmd.Flags().BoolVar(&schema, "schema", false, "print the JSON schema of the file, and write nothing")
	return cmd
}

func (a *app) init(args []string) error {
	t, err := a.target(args)
	if err != nil {
		return err
	}
	path, err := config.Create(t.dir)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("init: %s is there already in %s", config.Name, t.dir)
	}
	if err != nil {
		return trouble{err}
	}
	fmt.Fprintf(a.stdout, "wrote %s\n", path)
	return nil
}

func (a *app) schema() error {
	text, err := config.Schema()
	if err == nil {
		_, err = a.stdout.Write(text)
	}
	return blame(err)
}
