package isolation

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evilution-go/evilution-go/sandbox"
)

// orderName is where the agent looks for its order beside its executable.
const orderName = "order"

// pipeNumber is the descriptor at which the child finds its pipe.
const pipeNumber = "3"

// place puts the binary and its order into scratch and returns their paths.
func (o *Order) place(scratch *sandbox.Scratch) (binary, order string, err error) {
	text, err := o.text(scratch.Dir + "/counters")
	if err != nil {
		return "", "", err
	}
	if order, err = scratch.Write(orderName, []byte(text)); err != nil {
		return "", "", fmt.Errorf("place order: %w", err)
	}
	// With its suffix no name of a binary is one of ours in the directory.
	name := strings.TrimSuffix(filepath.Base(o.Binary), ".test") + ".test"
	if binary, err = scratch.Link(o.Binary, name); err != nil {
		return "", "", fmt.Errorf("place test binary: %w", err)
	}
	return binary, order, nil
}

// environ is the child's environment.
func (o *Order) environ(scratch *sandbox.Scratch, order, token string) []string {
	base := o.Env
	if base == nil {
		base = os.Environ()
	}
	set := make(map[string]string, len(o.Set)+4)
	for name, value := range o.Set {
		set[name] = value
	}
	set["PWD"] = o.Dir
	set["EVILUTION_ORDER"] = order
	set["EVILUTION_PIPE"] = pipeNumber
	set["EVILUTION_TOKEN"] = token
	if o.Mode == Mutant {
		set["GODEBUG"] = withDebug(base, set["GODEBUG"])
	}
	return sandbox.Environ(base, scratch, set)
}

// hastyPanic keeps a process that panics from waiting 2 ms and more for its other
// goroutines to stop before it prints its stack (runtime.freezetheworld): with it the
// wait is 1 ms. Many mutants panic.
const hastyPanic = "dontfreezetheworld=1"

// withDebug adds hastyPanic to what GODEBUG holds: set or, without that, what it has
// in env, where the last entry counts.
func withDebug(env []string, set string) string {
	if set == "" {
		for _, entry := range env {
			if value, ok := strings.CutPrefix(entry, "GODEBUG="); ok {
				set = value
			}
		}
	}
	if set == "" {
		return hastyPanic
	}
	return hastyPanic + "," + set
}
