package subject

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
)

// Tool is a built evilution-go.
type Tool struct {
	Path string
	// Cache is a directory that takes the place of the user's cache directory for
	// what the tool keeps between runs; empty: the user's own. The go command's
	// caches are always the user's.
	Cache string
}

// Build builds the tool into dir. It must be called in the repository.
func Build(dir string) (Tool, error) {
	t := Tool{Path: filepath.Join(dir, "evilution-go")}
	out, err := exec.Command("go", "build", "-o", t.Path, module+"/cmd/evilution-go").CombinedOutput()
	if err != nil {
		return t, fmt.Errorf("build the tool (this must run in its repository): %w\n%s", err, out)
	}
	return t, nil
}

const module = "github.com/evilution-go/evilution-go"

// Command is the tool with args, to be run in dir. When ctx ends it is asked to
// end by an interrupt, so that it takes its processes with it.
func (t Tool) Command(ctx context.Context, dir string, args ...string) (*exec.Cmd, error) {
	cmd := exec.CommandContext(ctx, t.Path, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	cmd.Dir = dir
	if t.Cache == "" {
		return cmd, nil
	}
	settings, err := GoSettings()
	if err != nil {
		return nil, err
	}
	cmd.Env = append(append(os.Environ(), settings...), "HOME="+t.Cache, "XDG_CACHE_HOME="+t.Cache)
	return cmd, nil
}

// GoSettings are the variables that keep the go command at the caches of whoever
// calls this when HOME is another.
func GoSettings() ([]string, error) {
	names := []string{"GOCACHE", "GOMODCACHE", "GOPATH"}
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	values := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(values) != len(names) {
		return nil, fmt.Errorf("go env: %d values wanted, got %q", len(names), out)
	}
	for i, name := range names {
		values[i] = name + "=" + values[i]
	}
	return values, nil
}

// Run runs the tool with args in dir, without anything on the terminal. An exit
// code above 0 is an error with the end of what it printed.
func (t Tool) Run(ctx context.Context, dir string, args ...string) error {
	cmd, err := t.Command(ctx, dir, args...)
	if err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", args[0], err, tail(out))
	}
	return nil
}

// Judge is `run --format json` with args in dir.
func (t Tool) Judge(ctx context.Context, dir string, args ...string) (*report.Report, error) {
	cmd, err := t.Command(ctx, dir, append([]string{"run", "--format", "json"}, args...)...)
	if err != nil {
		return nil, err
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("run: %w: %s", err, tail(stderr.Bytes()))
	}
	r := new(report.Report)
	if err := json.Unmarshal(stdout.Bytes(), r); err != nil {
		return nil, fmt.Errorf("read the report: %w", err)
	}
	return r, nil
}

// tail is the end of what a program printed.
func tail(out []byte) string {
	const shown = 600
	return strings.TrimSpace(string(out[max(0, len(out)-shown):]))
}
