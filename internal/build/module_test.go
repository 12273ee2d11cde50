package build_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/build"
	"golang.org/x/tools/txtar"
)

// TestMain makes this binary the copier when go starts it as one: it is called
// as `BINARY log FILE STORE TEST.test FLAGS…` and notes each call in FILE.
func TestMain(m *testing.M) {
	if len(os.Args) > 4 && os.Args[1] == "log" {
		if err := copier(os.Args[2], os.Args[3], os.Args[4:]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func copier(log, store string, args []string) error {
	f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(f, filepath.Base(dir)); err != nil {
		return err
	}
	return build.CopyBinary(store, args)
}

// module is a fresh copy of testdata/module.txtar in a directory with a name
// that needs quotes, and a store beside it.
type module struct{ dir, store, log string }

func newModule(t *testing.T) *module {
	t.Helper()
	root := filepath.Join(t.TempDir(), "it's here")
	m := &module{filepath.Join(root, "m"), filepath.Join(root, "store"), filepath.Join(root, "log")}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "module.txtar"))
	check(t, err)
	for _, f := range archive.Files {
		path := filepath.Join(m.dir, f.Name)
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		check(t, os.WriteFile(path, f.Data, 0o644))
	}
	return m
}

// options are those of a plain build.
func (m *module) options(packages ...string) build.Options {
	return build.Options{
		Dir: m.dir, Env: os.Environ(), Packages: packages, Jobs: 2,
		Copier: []string{os.Args[0], "log", m.log}, Store: m.store,
	}
}

// build runs the go command and returns the results by import path without the
// module's, what else it said, and in how many packages the copier was called.
func (m *module) build(t *testing.T, o build.Options) (results map[string]build.Result, rest string, copied int) {
	t.Helper()
	argv, env, err := build.Command(o)
	check(t, err)
	cmd := exec.CommandContext(t.Context(), argv[0], argv[1:]...)
	cmd.Dir, cmd.Env = o.Dir, env
	out, _ := cmd.CombinedOutput()
	list, rest := build.Parse(m.store, out)
	results = make(map[string]build.Result)
	for _, r := range list {
		results[strings.TrimPrefix(r.Path, "x.y/m/")] = r
	}
	log, err := os.ReadFile(m.log)
	if err == nil {
		check(t, os.Remove(m.log))
	}
	return results, rest, strings.Count(string(log), "\n")
}

// passes runs a stored binary and tells whether its tests pass.
func (m *module) passes(t *testing.T, r build.Result) bool {
	t.Helper()
	binary := filepath.Join(t.TempDir(), build.Name(r.Path))
	check(t, build.Take(r.Binary, binary))
	out, err := exec.CommandContext(t.Context(), binary).CombinedOutput()
	if err == nil != (string(out) == "PASS\n") {
		t.Errorf("%s: %v\n%s", r.Path, err, out)
	}
	return err == nil
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
