package scope

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// Target names mutants by where they are, or by the operator that made them.
type Target struct {
	Text string // as the user wrote it
	// File and Lines are set for a place in a file; the file's path may lack its
	// beginning.
	File  string
	Lines Lines
}

// ParseTarget reads file.go, file.go:10, file.go:10-20 or file.go:10:5 (the column
// is not looked at); anything else names an operator or a function: F, T.M, (*T).M,
// T for all methods of a type, each with a package's name, path or end of path in
// front.
func ParseTarget(text string) (Target, error) {
	t := Target{Text: text}
	file, lines, _ := strings.Cut(text, ":")
	if path.Ext(file) != ".go" {
		if text == "" || strings.ContainsAny(text, " \t:") {
			return t, fmt.Errorf("%q is neither a function, an operator nor file.go:10-20", text)
		}
		return t, nil
	}
	t.File, t.Lines = path.Clean(file), Everything
	if lines == "" {
		return t, nil
	}
	var err error
	if t.Lines, err = parseLines(lines); err != nil {
		return t, fmt.Errorf("%q: %w", text, err)
	}
	return t, nil
}

// parseLines reads 10, 10-20 or 10:5.
func parseLines(text string) (Lines, error) {
	text, _, _ = strings.Cut(text, ":")
	from, to, isRange := strings.Cut(text, "-")
	if !isRange {
		to = from
	}
	first, err := strconv.Atoi(from)
	if err != nil {
		return Lines{}, fmt.Errorf("%q is no line", from)
	}
	last, err := strconv.Atoi(to)
	if err != nil {
		return Lines{}, fmt.Errorf("%q is no line", to)
	}
	if first < 1 || last < first {
		return Lines{}, fmt.Errorf("there are no lines %d to %d", first, last)
	}
	return Lines{first, last}, nil
}

// place tells whether t names the place of m, which lies in a package with the
// given name.
func (t Target) place(name string, m *mutant.Mutant) bool {
	if t.File != "" {
		return (m.File == t.File || strings.HasSuffix(m.File, "/"+t.File)) && t.Lines.First <= m.Line && m.Line <= t.Lines.Last
	}
	for _, function := range names(m.Function) {
		if t.Text == function {
			return true
		}
		if pkg, ok := strings.CutSuffix(t.Text, "."+function); ok && isPackage(pkg, name, m.Package) {
			return true
		}
	}
	return false
}

// isPackage tells whether text means the package with this name and path.
func isPackage(text, name, path string) bool {
	return text == name || text == path || strings.HasSuffix(path, "/"+text)
}

// names are the ways to name a function that reports call F, T.M or (*T).M.
func names(function string) []string {
	list := []string{function}
	receiver, method, ok := strings.Cut(function, ".")
	if !ok {
		return list
	}
	if base, ok := strings.CutPrefix(receiver, "(*"); ok {
		base = strings.TrimSuffix(base, ")")
		return append(list, receiver, base, base+"."+method)
	}
	return append(list, receiver)
}
