package runner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/sandbox"
)

// Values of Options.Sandbox.
const (
	SandboxOverlay = "overlay" // the module at its own path, what is written goes elsewhere
	SandboxNet     = "net"     // a network of each worker's own
)

// Sandboxes are the values of Options.Sandbox.
func Sandboxes() []string { return []string{SandboxOverlay, SandboxNet} }

// Refusals say for each value of Options.Sandbox why this machine does not allow it to
// this user, "" where it does.
func Refusals() map[string]string {
	refusals := make(map[string]string)
	for _, name := range Sandboxes() {
		refusals[name] = ""
		if err := sandbox.Allowed(walls([]string{name}, "/")); err != nil {
			refusals[name] = err.Error()
		}
	}
	return refusals
}

// walls are what the names mean for a module.
func walls(names []string, module string) (w sandbox.Walls) {
	w.Net = slices.Contains(names, SandboxNet)
	if slices.Contains(names, SandboxOverlay) {
		w.Overlay = module
	}
	return w
}

// checkSandbox refuses what this machine does not allow: nobody who asks for walls goes
// without.
func (o Options) checkSandbox() error {
	if len(o.Sandbox) == 0 {
		return nil
	}
	if err := sandbox.Allowed(walls(o.Sandbox, "/")); err != nil {
		return &UsageError{Text: fmt.Sprintf("--sandbox %s: this machine does not allow it: %v", strings.Join(o.Sandbox, ","), err)}
	}
	return nil
}

// tellSandbox says what was done, and what could be for tests that run one process at a
// time.
func (s *session) tellSandbox() {
	did := map[string]string{SandboxOverlay: "saw the module at its own path", SandboxNet: "had a network of their own"}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(s.o.Sandbox))) {
		s.note("--sandbox %s: the tests of each worker %s", name, did[name])
	}
	one := slices.ContainsFunc(s.report.Packages, func(p report.Package) bool { return p.Exclusive != "" })
	if !one {
		return
	}
	var allowed, refused []string
	refusals := Refusals()
	for _, name := range Sandboxes() {
		switch why := refusals[name]; {
		case slices.Contains(s.o.Sandbox, name):
		case why == "":
			allowed = append(allowed, name)
		default:
			refused = append(refused, name+": "+why)
		}
	}
	if len(allowed) > 0 {
		s.note("this machine allows --sandbox %s, with which tests that run one process at a time may not have to", strings.Join(allowed, ","))
	}
	if len(refused) > 0 {
		s.note("this machine does not allow --sandbox %s", strings.Join(refused, "; "))
	}
}
