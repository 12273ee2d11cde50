package prove

import (
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestRandom makes random functions, and runs each beside its mutants with many inputs.
// Those that are proved to be the same must be so; of the others most must differ, or
// the inputs would show nothing.
func TestRandom(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs a program")
	}
	const seed, functions = 1, 50
	g := &generator{r: rand.New(rand.NewSource(seed))}
	var p program
	for range functions {
		p.add(load(t, prelude+g.function()))
	}
	if p.proved < 2*functions {
		t.Errorf("only %d of %d mutants are proved to be the same: that shows little", p.proved, p.asked)
	}
	t.Logf("of %d mutants %d are proved to be the same\n%s", p.asked, p.proved, p.run(t))
}

// program collects functions and mutants, to be run side by side.
type program struct {
	functions, pairs     strings.Builder
	count, asked, proved int
}

// add asks for all mutants of a function, and writes those that are proved to be the
// same. Of the others it writes those that are sure to come to an end: a condition that
// is always false keeps no loop going.
func (p *program) add(s *subject) {
	name := p.write(s.text(s.f))
	for _, c := range s.changes() {
		p.asked++
		same := s.pkg.Same(c.Mutant)
		if same {
			p.proved++
		}
		if !same && c.text != "false" {
			continue
		}
		mutant := p.write(s.changed(c))
		said := fmt.Sprintf("%s\n%s instead of %s", s.changed(c), c.text, s.text(c.Site))
		fmt.Fprintf(&p.pairs, "\t{%s, %s, %t, %q},\n", name, mutant, same, said)
	}
}

// write writes a function f with a name of its own.
func (p *program) write(src string) (name string) {
	p.count++
	name = fmt.Sprintf("f%d", p.count)
	p.functions.WriteString("\n" + strings.ReplaceAll(src, " f(", " "+name+"(") + "\n")
	return name
}

// run runs all pairs, and is what the program says of the mutants that are not proved.
func (p *program) run(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":  "module m\n\ngo 1.24\n",
		"f.go":    "package main\n" + prelude + p.functions.String(),
		"main.go": driver + "var pairs = []pair{\n" + p.pairs.String() + "}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "run", "-gcflags=-N -l", ".")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return string(out)
}
