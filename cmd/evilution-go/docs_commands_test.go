package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/evilution-go/evilution-go/internal/report"
)

var (
	invocation = regexp.MustCompile(`(?:^ *|[|&;:$-] +|\bif |\./cmd/)evilution-go ([a-z-].*)`)
	goPackage  = regexp.MustCompile(`(?:^|[\s(])go (?:run|test|generate)\b.*?(?:^|\s)\.(/[\w/.-]+)`)
)

// shownCommand is a command line of evilution-go that a text shows.
type shownCommand struct {
	where string
	args  []string
}

func shownCommands(t *testing.T) []shownCommand {
	t.Helper()
	var all []shownCommand
	for _, x := range texts(t) {
		for _, l := range x.code {
			m := invocation.FindStringSubmatch(l.text)
			if m != nil && !strings.HasPrefix(strings.TrimSpace(l.text), "#") {
				all = append(all, shownCommand{fmt.Sprintf("%s:%d: %s", x.name, l.number, strings.TrimSpace(l.text)), words(m[1])})
			}
		}
	}
	if len(all) < 50 {
		t.Errorf("there are only %d command lines: are they not found?", len(all))
	}
	return all
}

// TestCommandLinesAreUnderstood parses every command line that the texts show with
// the real commands and flags; those of `run` are given to the program as well.
func TestCommandLinesAreUnderstood(t *testing.T) {
	all := shownCommands(t)
	b := newBench(t)
	for _, c := range all {
		err := understand(c.args)
		if err == nil && c.args[0] == "run" && !strings.Contains(c.where, "${") {
			err = b.accepts(c.args)
		}
		if err != nil {
			t.Errorf("%s: %v", c.where, err)
		}
	}
}

// TestShownPackagesExist looks for the packages that the go command is told to run
// or test.
func TestShownPackagesExist(t *testing.T) {
	for _, x := range texts(t) {
		if strings.HasPrefix(x.name, "examples/ci/") {
			continue // is about the module of whoever uses it
		}
		for _, l := range x.code {
			for _, m := range goPackage.FindAllStringSubmatch(l.text, -1) {
				if _, err := os.Stat(filepath.Join(repository, strings.TrimSuffix(m[1], "/..."))); err != nil {
					t.Errorf("%s:%d: %s: %v", x.name, l.number, l.text, err)
				}
			}
		}
	}
}

// understand parses a command line as the program would, without doing anything.
func understand(args []string) error {
	root := new(app).root()
	root.InitDefaultHelpCmd()
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if cmd == root && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		return fmt.Errorf("there is no command %s", rest[0])
	}
	return parsed(cmd, rest)
}

func parsed(cmd *cobra.Command, args []string) error {
	cmd.InitDefaultHelpFlag()
	if err := cmd.ParseFlags(args); err != nil && err != pflag.ErrHelp {
		return err
	}
	return nil
}

// accepts gives the flags of `run` to the program, in a module that has none of the
// packages that are named. Then their values make sense, too.
func (b *bench) accepts(args []string) error {
	cmd := new(app).runCommand()
	if err := parsed(cmd, args[1:]); err != nil {
		return err
	}
	packages := cmd.Flags().Args()
	args = slices.DeleteFunc(args, func(s string) bool { return slices.Contains(packages, s) })
	b.stderr.Reset()
	if end := b.app.main(args); end.code == report.ExitUsage {
		return errors.New(b.stderr.String())
	}
	return nil
}

// words splits a command line at its spaces, up to what the shell would take for
// itself. Quotes keep words together; a backslash at the end is left out.
func words(s string) []string {
	var out []string
	word, open, quote := "", false, rune(0)
	for _, r := range s + " " {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word += string(r)
		case r == '\'' || r == '"':
			quote, open = r, true
		case r == ' ' && (open || word != ""):
			if !open && (strings.ContainsAny(word[:1], `#|>&;\`) || word == "2>&1") {
				return out
			}
			out, word, open = append(out, strings.TrimRight(word, ";)`")), "", false
		case r != ' ':
			word += string(r)
		}
	}
	return out
}

func TestWords(t *testing.T) {
	for in, want := range map[string][]string{
		`run -q --report json=- > mutants.json`: {"run", "-q", "--report", "json=-"},
		`run --skip 'A|B c' ./x   # some text`:  {"run", "--skip", "A|B c", "./x"},
		`accept 12 --reason "" && make`:         {"accept", "12", "--reason", ""},
		`run --since main \`:                    {"run", "--since", "main"},
	} {
		if got := words(in); !slices.Equal(got, want) {
			t.Errorf("words(%q) = %q, want %q", in, got, want)
		}
	}
}
