package job

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/isolation"
)

// PlainRequest asks for a package's tests the ordinary way: the edits are
// written into what the worker's children see and the go command builds and
// runs. Nothing of the tool's own machinery takes part, so the answer can be
// held against it.
type PlainRequest struct {
	Place   Place
	Mutant  *mutant.Mutant // nil runs the code as it is
	Module  string         // the module's root, from the root of what is copied
	Package string         // whose tests
	Rel     string         // folder of that package, from the module's root
	Tests   []string
	Times   int    // as in go test -count; 0: once
	Skip    string // as in go test -skip
	Tags    string
	Limit   time.Duration // of the tests, as in go test -timeout
	Memory  int64         // bytes, of the go command and all that it starts; 0: no bound
}

// mostProcesses bounds the go command and all its descendants.
const mostProcesses = 256

// PlainReply is what the go command said.
type PlainReply struct {
	Outcome  PlainOutcome
	KilledBy string   // the first test that failed
	Failed   []string // all that did, as far as the output tells
	Output   []byte   // head and tail
	Duration time.Duration
	Took     time.Duration // of that the tests, as go test tells it; 0 if they did not pass
}

// PlainOutcome is how a plain run ended.
type PlainOutcome string

const (
	PlainPassed   PlainOutcome = "passed"
	PlainFailed   PlainOutcome = "failed"
	PlainTimedOut PlainOutcome = "timed out"
	PlainUnbuilt  PlainOutcome = "does not compile"
)

// Passed tells whether every test passed.
func (r *PlainReply) Passed() bool { return r.Outcome == PlainPassed }

// buildAllowance is added to the limit of the tests for what the go command
// does before them.
const buildAllowance = 10 * time.Minute

// plain applies the edits, runs go test and puts the copy back.
func (w *Worker) plain(ctx context.Context, r PlainRequest) (_ *PlainReply, err error) {
	g, err := w.ground(r.Place)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, g.restore()) }()
	if r.Mutant != nil {
		err := g.room.Do(func() error { return write(filepath.Join(g.dir, r.Module), r.Mutant) })
		if err != nil {
			return nil, fmt.Errorf("write mutant: %w", err)
		}
	}
	home, err := w.root.Scratch("h")
	if err != nil {
		return nil, fmt.Errorf("run go test: %w", err)
	}
	defer func() { err = errors.Join(err, home.Remove()) }()
	command := isolation.Command{Path: "go", Args: r.args(), Dir: filepath.Join(g.dir, r.Rel), Room: g.room, Set: maps.Clone(r.Place.Env)}
	command.Set["HOME"] = home.Home
	command.Limits.Wall = r.Limit + buildAllowance
	command.Limits.Memory, command.Limits.Processes = r.Memory, mostProcesses
	done, err := isolation.Exec(ctx, w.root, command)
	if err != nil {
		return nil, fmt.Errorf("run go test: %w", err)
	}
	reply := &PlainReply{Output: slices.Concat(done.Stderr, done.Stdout), Duration: done.Wall}
	if reply.read(done.Exit.Code, string(done.Stdout)); done.Cause != "" {
		reply.Outcome = PlainFailed
	}
	return reply, nil
}

// args are the arguments of the go command.
func (r PlainRequest) args() []string {
	args := []string{"test", "-vet=off", "-p=1", "-count=" + strconv.Itoa(max(r.Times, 1)), "-timeout=" + r.Limit.String()}
	if r.Tags != "" {
		args = append(args, "-tags="+r.Tags)
	}
	if r.Skip != "" {
		args = append(args, "-skip="+r.Skip)
	}
	if len(r.Tests) > 0 {
		names := make([]string, len(r.Tests))
		for i, t := range r.Tests {
			names[i] = regexp.QuoteMeta(t)
		}
		args = append(args, "-run=^("+strings.Join(names, "|")+")$")
	}
	return append(args, ".")
}

var (
	okLine      = regexp.MustCompile(`(?m)^ok\s+\S+\s+([0-9.]+s)`)
	failLine    = regexp.MustCompile(`(?m)^--- FAIL: (\S+) \(`)
	buildFailed = regexp.MustCompile(`(?m)^FAIL\t.*\[(build|setup) failed\]$`)
)

// read interprets go test's exit code and words.
func (r *PlainReply) read(code int, stdout string) {
	switch {
	case code == 0:
		r.Outcome = PlainPassed
		if m := okLine.FindStringSubmatch(stdout); m != nil {
			r.Took, _ = time.ParseDuration(m[1])
		}
		return
	case buildFailed.MatchString(stdout):
		r.Outcome = PlainUnbuilt
		return
	case strings.Contains(stdout, "panic: test timed out after "):
		r.Outcome = PlainTimedOut
	default:
		r.Outcome = PlainFailed
	}
	for _, m := range failLine.FindAllStringSubmatch(stdout, -1) {
		r.Failed = append(r.Failed, m[1])
	}
	if len(r.Failed) > 0 {
		r.KilledBy = r.Failed[0]
	}
}

// write changes the files of a mutant below the module's root dir.
func write(dir string, m *mutant.Mutant) error {
	changed := make(map[string]bool)
	for _, e := range m.Edits {
		if changed[e.File] {
			continue
		}
		changed[e.File] = true
		path := filepath.Join(dir, filepath.FromSlash(e.File))
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text, err := mutant.Apply(e.File, source, m)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
