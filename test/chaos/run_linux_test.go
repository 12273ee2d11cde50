package chaos

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// endLimit is how long the tree may outlive its Runner, and the Runner a signal.
const endLimit = 3 * time.Second

// operators are those for which expected.txt was written. This is about processes:
// more kinds of mutants would say nothing more.
const operators = "condition_true,condition_false,comparison_boundary,increment,return_value,statement_removal"

// place is where runs happen: a copy of the example, the user's cache directory,
// and an empty directory for temporary files, whose path is short.
type place struct {
	dir, cache, temp string
	before           string // what stands in dir
}

func newPlace(t *testing.T) *place {
	t.Helper()
	temp, err := os.MkdirTemp("", "ev")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temp) })
	p := &place{dir: filepath.Join(t.TempDir(), "chaos"), cache: t.TempDir(), temp: temp}
	if err := os.CopyFS(p.dir, os.DirFS(filepath.Join(root, "examples", "chaos"))); err != nil {
		t.Fatal(err)
	}
	p.before = content(t, p.dir)
	return p
}

// run is one run of the tool.
type run struct {
	*place
	tree           tree
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
	began          time.Time
	took           time.Duration
	ended          chan struct{} // closed when it has been waited for
}

// start starts the tool in a session of its own.
func (p *place) start(t *testing.T, mark string, flags ...string) *run {
	t.Helper()
	r := &run{place: p, ended: make(chan struct{})}
	r.cmd = exec.Command(binary(), append([]string{"run", "-j", "2", "--operators", operators, "--format", "json", p.dir}, flags...)...)
	r.cmd.Env = append(append(os.Environ(), settings...), "TMPDIR="+p.temp, "XDG_CACHE_HOME="+p.cache, markVar+"="+mark)
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	r.cmd.Stdout, r.cmd.Stderr = &r.stdout, &r.stderr
	r.cmd.WaitDelay = endLimit // for who holds its output
	r.began = time.Now()
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.tree = tree{runner: r.cmd.Process.Pid, leader: r.cmd.Process.Pid, mark: mark}
	go func() {
		_ = r.cmd.Wait() // its state is looked at later
		r.took = time.Since(r.began)
		close(r.ended)
	}()
	return r
}

// over tells whether the Runner has ended.
func (r *run) over() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// wait waits for the Runner's end, which has to come within limit.
func (r *run) wait(t *testing.T, limit time.Duration) syscall.WaitStatus {
	t.Helper()
	select {
	case <-r.ended:
	case <-time.After(limit):
		for _, p := range r.tree.members() {
			t.Errorf("the run does not end within %v: there is %v", limit, p)
		}
		_ = r.cmd.Process.Kill()
		<-r.ended
	}
	r.tree.runner = 0
	return r.cmd.ProcessState.Sys().(syscall.WaitStatus)
}

// wantClean checks what must hold after every run. A Runner that was killed
// leaves its scratch directory to the next one.
func (r *run) wantClean(t *testing.T, killed bool) {
	t.Helper()
	r.tree.wantNobody(t, endLimit)
	if killed {
		r.sweep(t)
	}
	entries, err := os.ReadDir(r.temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s is left in the place for temporary files", e.Name())
		_ = os.RemoveAll(filepath.Join(r.temp, e.Name()))
	}
	wantNoGroups(t)
	if content(t, r.dir) != r.before {
		t.Fatal("the run has changed the user's files")
	}
}

// sweep runs the tool for its mutants only.
func (p *place) sweep(t *testing.T) {
	t.Helper()
	cmd := exec.Command(binary(), "mutants", p.dir)
	cmd.Env = append(append(os.Environ(), settings...), "TMPDIR="+p.temp, "XDG_CACHE_HOME="+p.cache)
	late := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the next run: %v\n%s", err, out)
	}
}

// content is the names, modes and contents of all files below dir, as one text.
func content(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(&all, "%s %v\n", path, info.Mode())
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(path)
			fmt.Fprintf(&all, "%d\n%s\n", len(data), data)
			return err
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all.String()
}
