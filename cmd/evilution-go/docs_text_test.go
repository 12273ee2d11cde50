package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// The texts that people read must not promise what is not there. These tests take
// every text of the repository apart: links to files and headings, command lines of
// evilution-go, and packages that the go command is told to run.

const repository = "../.."

// text is one Markdown file, taken apart line by line.
type text struct {
	name  string // relative to the repository
	prose []line
	code  []line // of blocks that are commands or configuration, and of `spans`
}

type line struct {
	number int
	text   string
}

var (
	fence   = regexp.MustCompile("^ *(```+|~~~+)(.*)$")
	span    = regexp.MustCompile("`([^`]+)`")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`^#+ +(.*)$`)
)

// texts reads all Markdown of the repository, and what else shows commands.
func texts(t *testing.T) []text {
	t.Helper()
	var all []text
	err := filepath.WalkDir(repository, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != repository && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".github" || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir():
			return nil
		}
		name, err := filepath.Rel(repository, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		recipe := strings.HasPrefix(name, "examples/ci/")
		if filepath.Ext(name) != ".md" && !recipe && name != "action.yml" {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		all = append(all, parse(name, string(data)))
		return nil
	})
	if err != nil || len(all) < 10 {
		t.Fatalf("read the texts: %v, %d of them", err, len(all))
	}
	return all
}

// parse takes a text apart. A block that is marked as text, Go or a difference is an
// example of output or code; everything in a file that is no Markdown is code.
func parse(name, content string) text {
	out := text{name: name}
	inside, shown, indented := "", false, false
	for i, s := range strings.Split(content, "\n") {
		at := line{i + 1, s}
		if filepath.Ext(name) != ".md" {
			out.code = append(out.code, at)
			continue
		}
		if m := fence.FindStringSubmatch(s); m != nil && (inside == "" || m[1] == inside) {
			if inside == "" {
				inside, shown = m[1], slices.Contains([]string{"", "sh", "bash", "console", "yaml"}, m[2])
			} else {
				inside = ""
			}
			continue
		}
		blank := strings.TrimSpace(s) == ""
		indented = inside == "" && strings.HasPrefix(s, "    ") && (indented || i == 0 || lastBlank(content, i)) || indented && blank
		switch {
		case inside != "" && !shown || blank:
		case inside != "" || indented:
			out.code = append(out.code, at)
		default:
			out.prose = append(out.prose, at)
			for _, m := range span.FindAllStringSubmatch(s, -1) {
				if strings.HasPrefix(m[1], "evilution-go ") || strings.HasPrefix(m[1], "go ") {
					out.code = append(out.code, line{at.number, m[1]})
				}
			}
		}
	}
	return out
}

func lastBlank(content string, i int) bool {
	return strings.TrimSpace(strings.Split(content, "\n")[i-1]) == ""
}

// TestLinksLeadSomewhere follows every relative link to its file and heading.
func TestLinksLeadSomewhere(t *testing.T) {
	all := texts(t)
	headings := make(map[string][]string)
	for _, x := range all {
		headings[x.name] = x.anchors()
	}
	for _, x := range all {
		for _, l := range x.prose {
			for _, m := range link.FindAllStringSubmatch(l.text, -1) {
				if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
					continue
				}
				if err := follow(x.name, m[1], headings); err != nil {
					t.Errorf("%s:%d: %v", x.name, l.number, err)
				}
			}
		}
	}
}

func follow(from, target string, headings map[string][]string) error {
	path, anchor, _ := strings.Cut(target, "#")
	name := from
	if path != "" {
		name = filepath.ToSlash(filepath.Join(filepath.Dir(from), path))
	}
	if _, err := os.Stat(filepath.Join(repository, name)); err != nil {
		return fmt.Errorf("link to %s: %w", target, err)
	}
	if anchor != "" && !slices.Contains(headings[name], anchor) {
		return fmt.Errorf("link to %s: %s has no such heading", target, name)
	}
	return nil
}

// anchors are the names that GitHub gives to the headings.
func (x text) anchors() []string {
	var out []string
	for _, l := range x.prose {
		m := heading.FindStringSubmatch(l.text)
		if m == nil {
			continue
		}
		out = append(out, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return out
}
