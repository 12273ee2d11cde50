// Package agent makes the files that turn the standard library's test binaries
// into ones that obey an order: the agent itself (see the package in the folder
// agent, which holds the contract with instrumented code and with the worker)
// and a hook in package testing.
//
// The hook keeps the user's TestMain as it is, even where it hands its
// *testing.M to a library: (*M).Run is renamed in an overlaid testing.go, and a
// new Run in a file beside it lets the agent call the old one as often as the
// order says, with the tests, fuzz targets and examples of m replaced by those
// chosen by exact name. Calling it again costs about 75 µs.
//
// The package knows nothing of processes. It reads GOROOT and its own embedded
// files, owns no goroutine and may be used from any.
package agent

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ImportPath is what instrumented code imports the agent as.
const ImportPath = "evilution/agent"

//go:embed agent/*.go hook/*.txt
var source embed.FS

// The one line of package testing that the hook changes. It has read so since
// Go 1.15.
const (
	runLine     = "\nfunc (m *M) Run() (code int) {\n"
	renamedLine = "\nfunc (m *M) evilutionRun() (code int) {\n"
)

// HookError says that package testing of a Go version is not as the hook needs
// it.
type HookError struct {
	Version string // first line of GOROOT/VERSION, or "unknown version"
	Lines   int    // how often testing.go has the line; 1 would be right
}

func (e *HookError) Error() string {
	return fmt.Sprintf("hook package testing of %s: %q found %d times, not once",
		e.Version, strings.TrimSpace(runLine), e.Lines)
}

// Overlay returns the files to overlay into the Go installation at goroot (as
// `go env GOROOT` spells it), by absolute path. The content depends on nothing
// but this program and that installation. It returns a *HookError if the
// installation's package testing cannot be hooked.
func Overlay(goroot string) (map[string][]byte, error) {
	files := make(map[string][]byte)
	if err := addAgent(files, filepath.Join(goroot, "src", filepath.FromSlash(ImportPath))); err != nil {
		return nil, err
	}
	dir := filepath.Join(goroot, "src", "testing")
	testing, err := os.ReadFile(filepath.Join(dir, "testing.go"))
	if err != nil {
		return nil, fmt.Errorf("hook package testing: %w", err)
	}
	if n := strings.Count(string(testing), runLine); n != 1 {
		return nil, &HookError{Version: version(goroot), Lines: n}
	}
	files[filepath.Join(dir, "testing.go")] = []byte(strings.Replace(string(testing), runLine, renamedLine, 1))
	hook, err := source.ReadFile("hook/evilution.go.txt")
	if err != nil {
		return nil, fmt.Errorf("read hook: %w", err)
	}
	files[filepath.Join(dir, "evilution.go")] = hook
	return files, nil
}

// addAgent puts the agent's own files, without its tests, into dir.
func addAgent(files map[string][]byte, dir string) error {
	entries, err := fs.ReadDir(source, "agent")
	if err != nil {
		return fmt.Errorf("read agent: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		content, err := source.ReadFile("agent/" + e.Name())
		if err != nil {
			return fmt.Errorf("read agent: %w", err)
		}
		files[filepath.Join(dir, e.Name())] = content
	}
	return nil
}

func version(goroot string) string {
	text, err := os.ReadFile(filepath.Join(goroot, "VERSION"))
	first, _, _ := strings.Cut(string(text), "\n")
	if err != nil || first == "" {
		return "unknown version"
	}
	return first
}
