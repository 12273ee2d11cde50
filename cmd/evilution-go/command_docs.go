package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/evilution-go/evilution-go/internal/mutate"
)

//go:generate go run . docs ../../docs

// docsCommand writes what the documentation says about commands and operators, from
// the commands and operators themselves. A test compares what is checked in.
func (a *app) docsCommand() *cobra.Command {
	var man bool
	cmd := &cobra.Command{
		Use:    "docs DIRECTORY",
		Short:  "Write the reference of commands and operators, or man pages",
		Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("docs: name one directory")
			}
			root := describable(cmd.Root())
			if man {
				return blame(writeMan(root, args[0]))
			}
			return blame(writeDocs(root, args[0]))
		},
	}
	cmd.Flags().BoolVar(&man, "man", false, "write man pages instead")
	return cmd
}

// describable changes root so that its description is the same on every machine, and
// so that the lines of help texts stay lines.
func describable(root *cobra.Command) *cobra.Command {
	root.DisableAutoGenTag = true
	each(root, func(cmd *cobra.Command) {
		if cmd.Long != "" {
			cmd.Long = "```text\n" + strings.TrimSpace(cmd.Long) + "\n```"
		}
		if jobs := cmd.Flags().Lookup("jobs"); jobs != nil {
			jobs.DefValue = "number of CPUs"
		}
	})
	return root
}

// each calls do for cmd and for all commands below it that the help shows.
func each(cmd *cobra.Command, do func(*cobra.Command)) {
	do(cmd)
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			each(sub, do)
		}
	}
}

func writeMan(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "evilution-go " + version(), Manual: "evilution-go"}, dir)
}

// writeDocs writes docFiles below dir. What else is in dir/reference describes a
// command that is gone.
func writeDocs(root *cobra.Command, dir string) error {
	files, err := docFiles(root)
	if err != nil {
		return err
	}
	reference := filepath.Join(dir, "reference")
	if err := errors.Join(os.RemoveAll(reference), os.MkdirAll(reference, 0o777)); err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

const generated = "Written by `go generate ./cmd/evilution-go`, from the program itself.\n\n"

// docFiles are the generated files, by their paths in the folder docs. Root is
// describable.
func docFiles(root *cobra.Command) (map[string][]byte, error) {
	operators, err := mutate.Select(nil, "all")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"operators.md": operatorsPage(operators)}
	index := bytes.NewBufferString("# Commands\n\n" + generated)
	each(root, func(cmd *cobra.Command) {
		var page bytes.Buffer
		err = errors.Join(err, doc.GenMarkdown(cmd, &page))
		name := strings.ReplaceAll(cmd.CommandPath(), " ", "_") + ".md"
		files["reference/"+name] = page.Bytes()
		fmt.Fprintf(index, "- [%s](%s): %s\n", cmd.CommandPath(), name, cmd.Short)
	})
	files["reference/README.md"] = index.Bytes()
	return files, err
}

// operatorsPage lists the operators, profile by profile.
func operatorsPage(list []mutate.Operator) []byte {
	page := bytes.NewBufferString("# Operators\n\n" + generated +
		"An operator is a kind of change. Each example is a whole function before and after\n" +
		"it; a test applies the operator and compares.\n")
	for _, profile := range mutate.Profiles {
		fmt.Fprintf(page, "\n## Profile %s\n", profile)
		for _, o := range list {
			if o.Profile.String() == profile {
				fmt.Fprintf(page, "\n### %s\n\n%s\n\n```diff\n%s%s```\n", o.Name, o.Doc, prefixed("-", o.Before), prefixed("+", o.After))
			}
		}
	}
	return page.Bytes()
}

// prefixed is text with a mark before each of its lines.
func prefixed(mark, text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(mark + strings.TrimSuffix(line, "\n") + "\n")
	}
	return b.String()
}
