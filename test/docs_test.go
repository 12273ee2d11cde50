package test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the commands print into the documentation")

// shown is an example in the documentation: a comment with the arguments, then what
// they print.
var shown = regexp.MustCompile("(?s)(<!-- output: ([^\n]*) -->\n```text\n)(.*?)```\n")

// measured are the lines that may differ from run to run: times, and the order of
// tests that are about equally quick.
var measured = regexp.MustCompile(`(?m)^(time  |limit  |took |    ran: ).*\n`)

// TestShownOutput runs what the documentation shows and compares all but times. To
// write it anew: go test ./test -run ShownOutput -update
func TestShownOutput(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GITHUB_ACTIONS", "")
	cache, outputs := t.TempDir(), make(map[string]string)
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		fresh := shown.ReplaceAllStringFunc(string(text), func(example string) string {
			part := shown.FindStringSubmatch(example)
			got, known := outputs[part[2]]
			if !known {
				got = printed(t, cache, strings.Fields(part[2]))
				outputs[part[2]] = got
			}
			if unmeasured(got) == unmeasured(part[3]) {
				return example
			}
			if !*update {
				t.Errorf("%s: %s prints\n%s\nwant\n%s", page, part[2], got, part[3])
			}
			return part[1] + got + "```\n"
		})
		if *update && fresh != string(text) {
			if err := os.WriteFile(page, []byte(fresh), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(outputs) == 0 {
		t.Error("no example was found")
	}
}

// printed is what a command prints. Where it shows a mutant, a run comes first.
func printed(t *testing.T, cache string, args []string) string {
	t.Helper()
	if args[0] == "show" {
		printed(t, cache, []string{"run", args[len(args)-1]})
	}
	cmd, _ := prepared(t, args...)
	cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+cache)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("evilution-go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func unmeasured(out string) string { return measured.ReplaceAllString(out, "") }
