package main

import (
	"path/filepath"
	"slices"
	"testing"
)

func TestResolve(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "go.mod"), "module m\n")
	write(t, filepath.Join(root, "a", "b", "x.go"), "package b\n")
	write(t, filepath.Join(root, "sub", "go.mod"), "module sub\n")
	write(t, filepath.Join(root, "sub", "c", "x.go"), "package c\n")
	sub := filepath.Join(root, "sub")
	for _, test := range []struct {
		cwd      string
		args     []string
		dir      string
		patterns []string
	}{
		{root, nil, root, []string{"./..."}},
		{filepath.Join(root, "a"), nil, root, []string{"./a/..."}},
		{root, []string{"."}, root, []string{"."}},
		{root, []string{"./a/b", "a/..."}, root, []string{"./a/b", "./a/..."}},
		{filepath.Join(root, "a"), []string{"../a/b"}, root, []string{"./a/b"}},
		{root, []string{"./sub"}, sub, []string{"./..."}},
		{root, []string{"sub/"}, sub, []string{"./..."}},
		{root, []string{"./sub/..."}, sub, []string{"./..."}},
		{root, []string{"./sub/c"}, sub, []string{"./c"}},
		{root, []string{sub}, sub, []string{"./..."}},
		{sub, []string{"."}, sub, []string{"."}},
		{filepath.Dir(root), []string{filepath.Base(root)}, root, []string{"./..."}},
		{root, []string{"example.com/m/..."}, root, []string{"example.com/m/..."}},
	} {
		got, err := resolve(test.cwd, test.args)
		if err != nil || got.dir != test.dir || !slices.Equal(got.patterns, test.patterns) {
			t.Errorf("resolve(%s, %q) = %v, %v; want %s %q", test.cwd, test.args, got, err, test.dir, test.patterns)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"arithmetic", "bitwise", "comparison_boundary", "comparison_negation"}
	for name, want := range map[string]string{
		"aritmetic": "arithmetic", "bit": "bitwise", "comparison_bondary": "comparison_boundary",
		"xyzzy": "", "": "",
	} {
		if got := nearest(name, names); got != want {
			t.Errorf("nearest(%q) = %q, want %q", name, got, want)
		}
	}
}
