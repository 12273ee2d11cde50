package main

import (
	"path/filepath"
	"slices"
	"strings"
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

// TestResolveWorkspace: modules that a go.work file joins are one target.
func TestResolveWorkspace(t *testing.T) {
	t.Setenv("GOWORK", "")
	root := t.TempDir()
	write(t, filepath.Join(root, "go.work"), "go 1.24\n\nuse (\n\t./one\n\t./deep/two\n)\n")
	one, two, alone := filepath.Join(root, "one"), filepath.Join(root, "deep", "two"), filepath.Join(root, "alone")
	for _, dir := range []string{one, two, alone} {
		write(t, filepath.Join(dir, "go.mod"), "module m\n")
		write(t, filepath.Join(dir, "p", "p.go"), "package p\n")
	}
	for _, test := range []struct {
		cwd      string
		args     []string
		dir      string
		patterns []string
	}{
		{root, nil, root, []string{"./one/...", "./deep/two/..."}},
		{root, []string{"./deep/..."}, two, []string{"./..."}},
		{root, []string{"./one/p", "./deep/two/..."}, root, []string{"./one/p", "./deep/two/..."}},
		{root, []string{"./one", "deep/two"}, root, []string{"./one/...", "./deep/two/..."}},
		{one, []string{".", "../deep/two/p"}, root, []string{"./one", "./deep/two/p"}},
		{one, nil, one, []string{"./..."}},
	} {
		got, err := resolve(test.cwd, test.args)
		if err != nil || got.dir != test.dir || !slices.Equal(got.patterns, test.patterns) {
			t.Errorf("resolve(%s, %q) = %v, %v; want %s %q", test.cwd, test.args, got, err, test.dir, test.patterns)
		}
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"."}, "in a workspace, ./... stands for all its modules"},
		{[]string{"./one", "./alone"}, "that no go.work above joins: run them one after the other"},
	} {
		if got, err := resolve(root, test.args); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("resolve(%q) = %v, %v; want an error with %q", test.args, got, err, test.want)
		}
	}
	t.Setenv("GOWORK", "off")
	if got, err := resolve(root, nil); err == nil {
		t.Errorf("with GOWORK=off: %v, want an error", got)
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
