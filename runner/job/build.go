package job

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/internal/build"
	"github.com/evilution-go/evilution-go/isolation"
)

// BuildRequest asks for test binaries by one go command.
type BuildRequest struct {
	Dir      string   // the module's root: building there finds the build cache warm
	Packages []string // import paths, not patterns
	Tags     string
	Overlay  string // path of an overlay.json; empty builds the plain code
	OutDir   string // existing directory for the binaries of this session
	Store    string // directory where binaries are kept for later sessions
	Jobs     int    // parallel go actions, and processors that each may keep busy
}

// BuildReply tells what became of each package.
type BuildReply struct {
	Packages []BuiltPackage // one for each that was asked for
}

// BuiltPackage is a test binary, or the reason why there is none.
type BuiltPackage struct {
	Path    string // import path
	Binary  string // file; empty when there is none
	Cached  bool   // neither compiled nor linked
	Failure string // the compiler's words
}

// keepBinaries is how long a binary stays in the store without being used.
const keepBinaries = 14 * 24 * time.Hour

// errKilled tells that the go command, or one of its children, died of a signal,
// which says nothing about the code.
var errKilled = errors.New("a signal ended the build")

// build builds all test binaries at once. A binary that the store has lost is
// built again, and so is everything when a signal came in between.
func (w *Worker) build(ctx context.Context, r BuildRequest) (*BuildReply, error) {
	reply, err := w.buildOnce(ctx, r, false)
	if errors.Is(err, build.ErrGone) || errors.Is(err, errKilled) {
		reply, err = w.buildOnce(ctx, r, errors.Is(err, build.ErrGone))
	}
	if err != nil {
		return nil, err
	}
	return reply, build.Trim(r.Store, time.Now().Add(-keepBinaries))
}

func (w *Worker) buildOnce(ctx context.Context, r BuildRequest, force bool) (*BuildReply, error) {
	scratch, err := w.root.Scratch("build")
	if err != nil {
		return nil, fmt.Errorf("build tests: %w", err)
	}
	defer scratch.Remove()
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("build tests: %w", err)
	}
	argv, env, err := build.Command(build.Options{
		Dir: r.Dir, Env: share(r.Jobs).environ(), Packages: r.Packages, Tags: r.Tags, Overlay: r.Overlay,
		Copier: []string{self, "copy-binary"}, Store: r.Store, Jobs: r.Jobs, TempDir: scratch.Tmp, Force: force,
	})
	if err != nil {
		return nil, err
	}
	done, err := isolation.Exec(ctx, w.root, isolation.Command{Path: argv[0], Args: argv[1:], Dir: r.Dir, Env: env})
	if err != nil {
		return nil, fmt.Errorf("build tests: %w", err)
	}
	if done.Exit.Signal != 0 || done.Cause != "" {
		return nil, fmt.Errorf("build tests: %w: %v %s", errKilled, done.Exit, done.Cause)
	}
	results, rest := build.Parse(r.Store, slices.Concat(done.Stdout, done.Stderr))
	said := make(map[string]build.Result)
	for _, result := range results {
		said[result.Path] = result
		if strings.Contains(result.Words, "signal: ") {
			return nil, fmt.Errorf("build tests of %s: %w: %s", result.Path, errKilled, result.Words)
		}
	}
	reply := &BuildReply{}
	for _, path := range r.Packages {
		result, ok := said[path]
		if !ok {
			result = build.Result{Path: path, Words: rest}
		}
		p, err := take(result, r.OutDir)
		if err != nil {
			return nil, fmt.Errorf("build tests of %s: %w", path, err)
		}
		reply.Packages = append(reply.Packages, p)
	}
	return reply, nil
}

// take moves one result's binary into the session.
func take(result build.Result, dir string) (BuiltPackage, error) {
	p := BuiltPackage{Path: result.Path, Cached: result.Cached}
	switch result.Status {
	case build.Built:
		p.Binary = filepath.Join(dir, build.Name(result.Path))
		return p, build.Take(result.Binary, p.Binary)
	case build.NoTests:
	default:
		p.Failure = fmt.Sprintf("%s: %s", result.Status, result.Words)
	}
	return p, nil
}
