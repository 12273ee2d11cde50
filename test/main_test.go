package test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// built is the command, made once from this work tree.
var built string

// binary is its path. The first test that asks opens what it was made from: what is
// opened before the tests begin the go command does not hear of.
var binary = sync.OnceValue(func() string {
	if err := readSources(); err != nil {
		panic(err)
	}
	return built
})

// root is the top of the repository.
var root string

func TestMain(m *testing.M) {
	code, err := withBinary(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(code)
}

// withBinary builds the command, calls run, and removes what it built.
func withBinary(run func() int) (code int, err error) {
	if root, err = filepath.Abs(".."); err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "evilution-test-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	built = filepath.Join(dir, "evilution-go")
	build := exec.Command("go", "build", "-o", built, "./cmd/evilution-go")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("build the command: %w\n%s", err, out)
	}
	return run(), nil
}

// readSources opens all files that the binary and the examples are made of. The
// go command keeps test results and runs a test again when a file that it has
// opened changes; what a started go command has read it does not know of.
func readSources() error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return filepath.SkipDir
		}
		if !d.Type().IsRegular() {
			return nil
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		return f.Close()
	})
}

// goSettings are the variables that let the go command work where HOME is empty:
// the caches of whoever runs the tests, and no network.
func goSettings() ([]string, error) {
	caches, err := subject.GoSettings()
	return append(caches, "GOPROXY=off", "GOFLAGS=", "GOTOOLCHAIN=local"), err
}

func TestScripts(t *testing.T) {
	settings, err := goSettings()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, settings...)
			env.Setenv("PATH", filepath.Dir(binary())+string(os.PathListSeparator)+os.Getenv("PATH"))
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			env.Setenv("EXAMPLES", filepath.Join(root, "examples"))
			return nil
		},
		Condition: condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"empty": empty,
			"lines": lines,
		},
	})
}
