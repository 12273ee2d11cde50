package subject

import (
	"context"
	"fmt"
	"maps"

	"github.com/evilution-go/evilution-go/internal/agent"
	"github.com/evilution-go/evilution-go/internal/build"
	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutate"
	"github.com/evilution-go/evilution-go/internal/schemata"
)

// Overlay puts all mutants of the module in dir that the profile has behind
// switches and writes the overlay with them into a directory; it returns the
// overlay's path and the number of mutants with a switch.
func Overlay(ctx context.Context, dir, profile, into string) (path string, mutants int, err error) {
	m, err := load.Load(ctx, load.Config{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		return "", 0, err
	}
	operators, err := mutate.Select(nil, profile)
	if err != nil {
		return "", 0, err
	}
	files, err := agent.Overlay(m.Env["GOROOT"])
	if err != nil {
		return "", 0, err
	}
	for _, p := range m.Packages {
		if len(p.Errors) > 0 {
			return "", 0, fmt.Errorf("load %s: %s", p.Path, p.Errors[0])
		}
		r, err := schemata.Instrument(p, mutate.Find(p, operators))
		if err != nil {
			return "", 0, fmt.Errorf("instrument %s: %w", p.Path, err)
		}
		mutants += r.Mutants
		maps.Copy(files, r.Files)
	}
	path, err = build.WriteOverlay(into, files)
	return path, mutants, err
}
