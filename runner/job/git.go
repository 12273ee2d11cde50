package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path"
	"strings"

	"github.com/evilution-go/evilution-go/internal/scope"
	"github.com/evilution-go/evilution-go/isolation"
)

// ChangesRequest asks git what has changed in a directory since the working tree
// left a ref: since the merge base of the ref and HEAD, with all that is not
// committed and the files that git does not know yet.
type ChangesRequest struct {
	Dir   string // the module's root
	Since string // a commit, branch or tag
}

// ChangesReply are the changed lines below the directory.
type ChangesReply struct {
	// Refused says in one line why there is no answer, if it is the user's to mend.
	Refused string
	Changes scope.Changes
}

// refusal is what the user can mend.
type refusal struct{ text string }

func (r refusal) Error() string { return r.text }

// changes asks git.
func (w *Worker) changes(ctx context.Context, r ChangesRequest) (*ChangesReply, error) {
	g := &git{worker: w, ctx: ctx, dir: r.Dir}
	c, err := g.changes(r.Since)
	var refused refusal
	if errors.As(err, &refused) {
		return &ChangesReply{Refused: refused.text}, nil
	}
	return &ChangesReply{Changes: c}, err
}

// git runs git in one directory for one job.
type git struct {
	worker *Worker
	ctx    context.Context
	dir    string
}

// changes are the lines that differ from the merge base.
func (g *git) changes(since string) (scope.Changes, error) {
	var none scope.Changes
	prefix, err := g.prefix()
	if err != nil {
		return none, err
	}
	base, err := g.base(since)
	if err != nil {
		return none, err
	}
	diff, err := g.must("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames",
		"--unified=0", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/", base, "--", ":(top,glob)**/*.go")
	if err != nil {
		return none, err
	}
	patch, err := scope.Parse(bytes.NewReader(diff))
	if err != nil {
		return none, fmt.Errorf("read git diff: %w", err)
	}
	changes := patch.Changes().Below(prefix)
	untracked, err := g.must("ls-files", "--others", "--exclude-standard", "-z", "--", "*.go")
	if err != nil {
		return none, err
	}
	for _, file := range strings.Split(strings.Trim(string(untracked), "\x00"), "\x00") {
		if file != "" {
			changes.Add(file, scope.Everything)
		}
	}
	return changes, nil
}

// prefix is where the directory lies in its repository.
func (g *git) prefix() (string, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return "", refusal{"--since needs git, which is not installed: give the change itself with --diff"}
	}
	out, said, err := g.run("rev-parse", "--show-prefix")
	if err == nil && said != "" {
		err = refusal{fmt.Sprintf("--since: %s: %s", g.dir, said)}
	}
	return path.Clean(strings.TrimSpace(string(out))), err
}

// base is the merge base of HEAD and the ref.
func (g *git) base(since string) (string, error) {
	commit, said, err := g.run("rev-parse", "--verify", "--quiet", "--end-of-options", since+"^{commit}")
	if err != nil {
		return "", err
	}
	shallow, _, err := g.run("rev-parse", "--is-shallow-repository")
	if err != nil {
		return "", err
	}
	hint := ""
	if strings.TrimSpace(string(shallow)) == "true" {
		hint = "; the clone is shallow: fetch more of its history (git fetch --unshallow, or fetch-depth: 0)"
	}
	if len(commit) == 0 || said != "" {
		return "", refusal{fmt.Sprintf("--since %s: no such commit, branch or tag here%s", since, hint)}
	}
	base, _, err := g.run("merge-base", strings.TrimSpace(string(commit)), "HEAD")
	if err != nil {
		return "", err
	}
	if len(base) == 0 {
		return "", refusal{fmt.Sprintf("--since %s: it has no commit in common with HEAD%s", since, hint)}
	}
	return strings.TrimSpace(string(base)), nil
}

// must is what git prints; that it fails is trouble.
func (g *git) must(args ...string) ([]byte, error) {
	out, said, err := g.run(args...)
	if err == nil && said != "" {
		err = fmt.Errorf("run git %s: %s", args[0], said)
	}
	return out, err
}

// run is what git prints and, where it fails, the first line of what it says.
func (g *git) run(args ...string) (out []byte, said string, err error) {
	done, err := isolation.Exec(g.ctx, g.worker.root, isolation.Command{Path: "git", Args: args, Dir: g.dir})
	if err != nil {
		return nil, "", fmt.Errorf("run git %s: %w", args[0], err)
	}
	if done.Cause == "" && done.Exit.Code == 0 && done.Dropped == 0 {
		return done.Stdout, "", nil
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(done.Stderr)), "\n")
	if first = strings.TrimPrefix(first, "fatal: "); first == "" {
		first = fmt.Sprintf("it failed with exit code %d", done.Exit.Code)
	}
	return done.Stdout, first, nil
}
