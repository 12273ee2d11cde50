package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evilution-go/evilution-go/internal/workspace"
)

// The requests that cannot be served at all. The errors that wrap them are one
// line for the user.
var (
	// ErrNoModule: there is no go.mod (or go.work) around the folder.
	ErrNoModule = errors.New("no go.mod found")
	// ErrNoMatch: a pattern names no package of the module.
	ErrNoMatch = errors.New("no package matches")
	// ErrGoVersion: go.mod or go.work needs a newer Go than the one installed.
	ErrGoVersion = errors.New("a newer Go is needed")
)

// environment is what the go command says about the folder.
type environment struct {
	dir    string            // absolute
	vars   []string          // what every go command is started with
	values map[string]string // what go env says
	goMod  string            // absolute, or empty in a workspace whose root is no module
	goWork string
	goos   string
	goarch string
	cgo    bool
	tags   []string
}

// readEnv asks the go command where c.Dir is and what it builds for.
func readEnv(ctx context.Context, c Config) (*environment, error) {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return nil, fmt.Errorf("load packages: %w", err)
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("load packages: %s is no directory", dir)
	}
	// Symbolic links are resolved because the go command does so too, and names
	// relative to the module's root are made by comparing paths.
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	e := &environment{dir: dir, vars: childEnv(c.Env, dir), tags: splitTags(c.Tags)}
	out, err := e.run(ctx, "go", "env", "-json")
	if err != nil {
		return nil, explain(err.Error(), err)
	}
	if err := json.Unmarshal(out, &e.values); err != nil {
		return nil, fmt.Errorf("read go env: %w", err)
	}
	v := e.values
	e.goos, e.goarch, e.cgo = v["GOOS"], v["GOARCH"], v["CGO_ENABLED"] == "1"
	if v["GOWORK"] != "off" {
		e.goWork = v["GOWORK"]
	}
	if v["GOMOD"] != os.DevNull {
		e.goMod = v["GOMOD"]
	}
	if e.goMod != "" && e.goWork != "" {
		if w, err := workspace.Of(dir, e.goWork); err == nil && w.Shuts(filepath.Dir(e.goMod)) {
			e.goMod = ""
		}
	}
	if e.goMod == "" && e.goWork == "" {
		return nil, fmt.Errorf("load packages: %w in %s or any folder above it", ErrNoModule, dir)
	}
	return e, nil
}

// childEnv is the environment of a go command in dir. A driver that replaces
// the go command is switched off: the rest of the tool builds with go.
func childEnv(env []string, dir string) []string {
	if env == nil {
		env = os.Environ()
	}
	vars := make([]string, 0, len(env)+2)
	for _, v := range env {
		if !strings.HasPrefix(v, "PWD=") && !strings.HasPrefix(v, "GOPACKAGESDRIVER=") {
			vars = append(vars, v)
		}
	}
	return append(vars, "PWD="+dir, "GOPACKAGESDRIVER=off")
}

// buildFlags are what every go command gets on top of the environment.
func (e *environment) buildFlags() []string {
	if len(e.tags) == 0 {
		return nil
	}
	return []string{"-tags=" + strings.Join(e.tags, ",")}
}

func splitTags(tags string) []string {
	return strings.FieldsFunc(tags, func(r rune) bool { return r == ',' || r == ' ' })
}

// run starts a command in the folder and returns its standard output. The error
// carries what it wrote on standard error.
func (e *environment) run(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = e.dir, e.vars
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("run %s: %s", name, oneLine(stderr.String(), err.Error()))
	}
	return out, nil
}

// explain gives an error of the go command the type that the caller looks for.
func explain(message string, err error) error {
	line := strings.TrimPrefix(oneLine(message, "unknown error"), "err: ")
	switch {
	case strings.Contains(message, "requires go >="), strings.Contains(message, "toolchain not available"):
		if i := strings.Index(message, "go: "); i >= 0 {
			line = oneLine(message[i+len("go: "):], line)
		}
		return fmt.Errorf("load packages: %w: %s", ErrGoVersion, line)
	case strings.Contains(message, "go.mod file not found"):
		return fmt.Errorf("load packages: %w", ErrNoModule)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("load packages: %s", line)
}

// oneLine is the first line of text that says something, or otherwise.
func oneLine(text, otherwise string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return otherwise
}
