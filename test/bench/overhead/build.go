package main

import (
	"context"
	"fmt"
	"maps"
	"os/exec"

	"github.com/evilution-go/evilution-go/internal/agent"
	"github.com/evilution-go/evilution-go/internal/build"
	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutate"
	"github.com/evilution-go/evilution-go/internal/schemata"
)

// overlay puts all mutants of the module in dir behind switches and writes the
// overlay with them into a directory; it returns the overlay's path.
func overlay(ctx context.Context, dir, into string) (string, error) {
	m, err := load.Load(ctx, load.Config{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		return "", err
	}
	operators, err := mutate.Select(nil, "")
	if err != nil {
		return "", err
	}
	files, err := agent.Overlay(m.Env["GOROOT"])
	if err != nil {
		return "", err
	}
	for _, p := range m.Packages {
		if len(p.Errors) > 0 {
			return "", fmt.Errorf("load %s: %s", p.Path, p.Errors[0])
		}
		r, err := schemata.Instrument(p, mutate.Find(p, operators))
		if err != nil {
			return "", fmt.Errorf("instrument %s: %w", p.Path, err)
		}
		maps.Copy(files, r.Files)
	}
	return build.WriteOverlay(into, files)
}

// compile builds the test binary of the package in dir.
func compile(ctx context.Context, dir, binary string, flags ...string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-c", "-vet=off", "-o", binary}, flags...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go test -c: %w\n%s", err, out)
	}
	return nil
}
