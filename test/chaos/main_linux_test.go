package chaos

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

var (
	rounds = flag.Int("rounds", 20, "how many rounds")
	seed   = flag.Uint64("seed", 0, "repeat what this seed gives; 0: a new one")
	only   = flag.Int("only", -1, "run this round only")
)

// Set by TestMain.
var (
	root     string   // the top of the repository
	built    string   // the command, made from this work tree
	settings []string // variables that let the go command work in any directory
)

func TestMain(m *testing.M) {
	flag.Parse()
	code, err := withBinary(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(code)
}

// withBinary builds the command, calls run, and removes what it built.
func withBinary(run func() int) (code int, err error) {
	if signal.Ignored(syscall.SIGHUP) {
		return 0, errors.New("HUP is ignored here (nohup?), and so would the tool ignore it")
	}
	if root, err = filepath.Abs("../.."); err != nil {
		return 0, err
	}
	if settings, err = goSettings(); err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "evilution-chaos-")
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
	// From here on whoever loses its parents becomes a child of this process.
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return 0, fmt.Errorf("become subreaper: %w", err)
	}
	defer enterGroup()()
	return run(), nil
}

// binary is the command's path. The first test that asks opens what it was made from:
// what is opened before the tests begin the go command does not hear of.
var binary = sync.OnceValue(func() string {
	if err := readSources(); err != nil {
		panic(err)
	}
	return built
})

// readSources opens what the binary and the example are made of, so that the go
// command does not answer from its cache when the binary would be another.
func readSources() error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case filepath.Ext(path) != ".go" && d.Name() != "expected.txt":
			return nil
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		return f.Close()
	})
}

// goSettings are the caches of whoever runs the tests, and no network.
func goSettings() ([]string, error) {
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPATH").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	values := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(values) != 3 {
		return nil, fmt.Errorf("go env: three values wanted, got %q", out)
	}
	return []string{"GOCACHE=" + values[0], "GOMODCACHE=" + values[1], "GOPATH=" + values[2], "GOPROXY=off", "GOFLAGS=", "GOTOOLCHAIN=local"}, nil
}
