package isolation

import (
	"errors"
	"fmt"
	"io"
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
	order = scratch.Dir + "/" + orderName
	if err := os.WriteFile(order, []byte(text), 0o600); err != nil {
		return "", "", fmt.Errorf("write order: %w", err)
	}
	// With its suffix no name of a binary is one of ours in the directory.
	binary = scratch.Dir + "/" + strings.TrimSuffix(filepath.Base(o.Binary), ".test") + ".test"
	if err := os.Link(o.Binary, binary); err != nil {
		err = copyProgram(o.Binary, binary)
		if err != nil {
			return "", "", fmt.Errorf("place test binary: %w", err)
		}
	}
	return binary, order, nil
}

// copyProgram copies where no link can be made: across file systems, or where
// links to other people's files are forbidden.
func copyProgram(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o700)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
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
