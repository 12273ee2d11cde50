package job

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/build"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/objcode"
	"github.com/evilution-go/evilution-go/isolation"
)

// EquivalentRequest asks which mutants of a package the compiler makes the same
// code of as of the original.
type EquivalentRequest struct {
	Dir     string // the module's root, where the build cache is warm
	Package string
	Tags    string
	Overlay string // an existing directory for files to compile
	Mutants []*mutant.Mutant
	Jobs    int // processors that compiling may keep busy; 0: all
}

// EquivalentReply holds the indices of those mutants, or says why nothing is known.
type EquivalentReply struct {
	Same    []int
	Failure string
}

// mostListing bounds what is kept of the compiler's listing. Where it is cut,
// fewer functions are compared.
const mostListing = 256 << 20

// equivalent compiles the package once, with a copy of a function for each mutant.
// The go command remembers the listing: it is compiled once until something changes.
func (w *Worker) equivalent(ctx context.Context, r EquivalentRequest) (*EquivalentReply, error) {
	files, copies, err := objcode.Copies(r.Mutants, func(file string) ([]byte, error) {
		return os.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(file)))
	})
	if err != nil {
		return &EquivalentReply{Failure: err.Error()}, nil
	}
	if len(copies) == 0 {
		return &EquivalentReply{}, nil
	}
	overlay := map[string][]byte{}
	for name, text := range files {
		overlay[filepath.Join(r.Dir, filepath.FromSlash(name))] = text
	}
	replaced, err := build.WriteOverlay(r.Overlay, overlay)
	if err != nil {
		return nil, err
	}
	scratch, err := w.root.Scratch("same")
	if err != nil {
		return nil, fmt.Errorf("compare code: %w", err)
	}
	defer scratch.Remove()
	args := []string{"build", "-gcflags=-S", "-overlay", replaced, "-o", filepath.Join(scratch.Tmp, "out")}
	if r.Tags != "" {
		args = append(args, "-tags", r.Tags)
	}
	command := isolation.Command{
		Path: "go", Args: append(args, r.Package), Dir: r.Dir,
		Env: append(share(r.Jobs).environ(), "PWD="+filepath.Clean(r.Dir), "GOTMPDIR="+scratch.Tmp, "TMPDIR="+scratch.Tmp),
	}
	command.Limits.Output = mostListing
	done, err := isolation.Exec(ctx, w.root, command)
	if err != nil {
		return nil, fmt.Errorf("compare code: %w", err)
	}
	if done.Exit.Code != 0 || done.Exit.Signal != 0 || done.Cause != "" {
		return &EquivalentReply{Failure: lastLine(slices.Concat(done.Stdout, done.Stderr))}, nil
	}
	return &EquivalentReply{Same: objcode.Same(done.Stderr, r.Package, copies)}, nil
}

// lastLine is the last line of text that says anything.
func lastLine(text []byte) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[len(lines)-1]
}
