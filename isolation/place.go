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
	return sandbox.Environ(base, scratch, set)
}
