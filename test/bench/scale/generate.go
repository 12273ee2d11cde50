package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// size is how large a module is. Both are at least 1.
type size struct{ packages, mutants int }

// each is how many mutants the default operators make of one generated function.
const each = 9

// functions is how many functions each package needs.
func (s size) functions() int { return (s.mutants + s.packages*each - 1) / (s.packages * each) }

// total is how many mutants the module has.
func (s size) total() int { return s.functions() * s.packages * each }

// generate writes the module into dir, which must not exist.
func (s size) generate(dir string) error {
	if s.packages < 1 || s.mutants < 1 {
		return fmt.Errorf("%d packages with %d mutants: both must be at least 1", s.packages, s.mutants)
	}
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/scale\n\ngo 1.24\n"), 0o666); err != nil {
		return err
	}
	for i := range s.packages {
		name := fmt.Sprintf("p%04d", i)
		code, tests := sources(name, s.functions())
		if err := os.Mkdir(filepath.Join(dir, name), 0o777); err != nil {
			return err
		}
		for file, text := range map[string]string{name + ".go": code, name + "_test.go": tests} {
			if err := os.WriteFile(filepath.Join(dir, name, file), []byte(text), 0o666); err != nil {
				return err
			}
		}
	}
	return nil
}

// sources are a package with n functions and a test for each of them. The test
// never asks for equal operands, so that one mutant of each function survives.
// Numbers make all packages and functions different.
func sources(name string, n int) (code, tests string) {
	var c, t strings.Builder
	fmt.Fprintf(&c, "package %s\n", name)
	fmt.Fprintf(&t, "package %s\n\nimport \"testing\"\n", name)
	for i := range n {
		fmt.Fprintf(&c, "\n// F%d is the distance of a and b, times %d.\nfunc F%d(a, b int) int {\n\tif a > b {\n\t\treturn (a - b) * %d\n\t}\n\treturn b - a\n}\n", i, i+2, i, i+2)
		fmt.Fprintf(&t, "\nfunc TestF%d(t *testing.T) {\n\tif got := F%d(7, 2); got != %d {\n\t\tt.Error(got)\n\t}\n\tif got := F%d(2, 7); got != 5 {\n\t\tt.Error(got)\n\t}\n}\n", i, i, 5*(i+2), i)
	}
	return c.String(), t.String()
}
