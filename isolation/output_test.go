package isolation

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
)

// Rule 13: 100 MiB of output cost neither memory nor the verdict.
func TestLifecycle13_MuchOutput(t *testing.T) {
	o := order(t, "100 MiB of output")
	o.Limits.Output = 10_000
	out := mustRun(t, open(t), o)
	if out.Verdict != Passed {
		t.Fatalf("%v: %s", out.Verdict, out.Detail)
	}
	if len(out.Output) > 10_100 || !bytes.HasPrefix(out.Output, []byte("first line\n")) || !bytes.HasSuffix(out.Output, []byte("last line\n")) {
		t.Errorf("%d bytes: %.40q", len(out.Output), out.Output)
	}
	if want := fmt.Sprintf("\n... %d bytes dropped ...\n", 100<<20+len("first line\nlast line\n")-10_000); !bytes.Contains(out.Output, []byte(want)) {
		t.Errorf("does not say %q", want)
	}
}

// Rules 9 and 14: what a child sees is its own, and says nothing of us but the
// order; it stands where it should.
func TestLifecycle14_WhatAChildSees(t *testing.T) {
	root := open(t)
	o := order(t, "environment")
	o.Env = []string{"PATH=/bin", "HOME=/home/me", "XDG_CACHE_HOME=/cache", "EVILUTION_TOKEN=old", "EVILUTION_WORKER=2", "SECRET=1"}
	o.Set["GOCACHE"] = "/go/cache"
	o.Args = []string{"-test.short", "-flag of=mine"}
	o.Mode, o.Package, o.Number = Mutant, "example.com/some thing", 17
	o.Tests, o.StopFirst = []string{"TestA", "TestB"}, true
	o.Ticks, o.Floor = 1000, 250*time.Millisecond
	o.Loops = []Loop{{Ticks: 1000, Floor: 250 * time.Millisecond}, {Ticks: 5, Floor: time.Second}}
	o.InitTicks, o.AllSwitches = 99, true
	out := mustRun(t, root, o)
	if out.Verdict != Passed {
		t.Fatalf("%v: %s", out.Verdict, out.Detail)
	}
	lines := strings.Split(string(out.Output), "\n")
	home := value(lines, "HOME=")
	dir := filepath.Dir(home)
	for _, want := range []string{
		"PATH=/bin", "SECRET=1", "EVILUTION_WORKER=2", "GOCACHE=/go/cache", "dir " + o.Dir, "PWD=" + o.Dir, "stdin 0 true",
		"args [-test.paniconexit0 -test.timeout=0 -test.short -flag of=mine]",
		"TMPDIR=" + dir + "/t", "GOTMPDIR=" + dir + "/t", "FAKE_ORDER=" + dir + "/order",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("no %q", want)
		}
	}
	if filepath.Dir(dir) != root.Dir || value(lines, "XDG_CACHE_HOME=") != "" || value(lines, "EVILUTION_TOKEN=") != "" || value(lines, "EVILUTION_PIPE=") != "" {
		t.Errorf("sees\n%s", out.Output)
	}
	wantOrder := "order mode mutant\nmutant example.com/some thing 17\ninitticks 99\nswitches all\nstop first\n" +
		"ticks 1000\nstretch 0\nfloor 250000\ntest TestA\nticks 5\nstretch 0\nfloor 1000000\ntest TestB\n"
	if !strings.Contains(string(out.Output), wantOrder) {
		t.Errorf("order is\n%s", out.Output)
	}
}

// value returns the rest of the line that begins with prefix.
func value(lines []string, prefix string) string {
	for _, l := range lines {
		if rest, ok := strings.CutPrefix(l, prefix); ok {
			return rest
		}
	}
	return ""
}

// Rule 14: children that run at the same time share no writable directory.
func TestLifecycle14_AtTheSameTime(t *testing.T) {
	root := open(t)
	var mu sync.Mutex
	seen := map[string]bool{}
	meet := t.TempDir()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			o := order(t, "meets")
			o.Set["MEET"], o.Set["CROWD"] = meet, "4"
			out := mustRun(t, root, o)
			lines := strings.Split(string(out.Output), "\n")
			mu.Lock()
			defer mu.Unlock()
			for _, name := range []string{"HOME=", "TMPDIR=", "FAKE_ORDER="} {
				if v := value(lines, name); v == "" || seen[v] {
					t.Errorf("%s%s is shared", name, v)
				} else {
					seen[v] = true
				}
			}
		})
	}
	group.Wait()
}

func TestExec(t *testing.T) {
	root := open(t)
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	shell := func(script string) Command {
		return Command{Path: "sh", Args: []string{"-c", script}, Set: map[string]string{"GORACE": "atexit_sleep_ms=0"}}
	}
	f, err := Exec(ctx, root, shell(`echo out; echo err >&2; cat; pwd; echo $TMPDIR; echo $HOME; exit 3`))
	dir, _ := os.Getwd()
	want := "out\n" + dir + "\n" + root.Dir
	if err != nil || f.Exit.Code != 3 || !strings.HasPrefix(string(f.Stdout), want) || string(f.Stderr) != "err\n" || f.Cause != "" || f.Dropped != 0 {
		t.Errorf("%+v, %v: %s", f, err, f.Stdout)
	}
	if !strings.HasSuffix(string(f.Stdout), "\n"+os.Getenv("HOME")+"\n") {
		t.Errorf("another home: %s", f.Stdout)
	}

	slow := shell("sleep 60")
	slow.Limits.Wall, slow.Grace = 200*time.Millisecond, limit
	if f, err := Exec(ctx, root, slow); err != nil || f.Cause != "timeout" || f.Wall > limit/2 {
		t.Errorf("slow: %+v, %v", f, err)
	}
	much := shell("yes | head -c 1000000")
	much.Stdout = 1000
	if f, err := Exec(ctx, root, much); err != nil || f.Dropped != 999_000 || len(f.Stdout) > 1100 {
		t.Errorf("much: %d bytes, %d dropped, %v", len(f.Stdout), f.Dropped, err)
	}
	whole := shell("yes | head -c 1000000")
	if f, err := Exec(ctx, root, whole); err != nil || f.Dropped != 0 || len(f.Stdout) != 1_000_000 {
		t.Errorf("whole: %d bytes, %d dropped, %v", len(f.Stdout), f.Dropped, err)
	}
	loud := shell("yes | head -c 1000000 >&2")
	loud.Limits.Output = 2_000_000
	if f, err := Exec(ctx, root, loud); err != nil || len(f.Stderr) != 1_000_000 {
		t.Errorf("loud: %d bytes, %v", len(f.Stderr), err)
	}
	big := Command{Path: self, Set: map[string]string{"FAKE": "allocates alone"}, Limits: sandbox.Limits{Memory: 200 << 20}}
	if f, err := Exec(ctx, root, big); err != nil || f.Cause != "memory" {
		t.Errorf("big: %+v, %v", f.Cause, err)
	}
	if _, err := Exec(ctx, root, Command{Path: "no-such-program"}); err == nil {
		t.Error("ran what is not there")
	}
}

// Section 6, letter j: a grandchild that holds a pipe does not hang the tool.
func TestLifecycleJ_ExecWithGrandchild(t *testing.T) {
	alive := newLife(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := Command{
		Path: self, Limits: sandbox.Limits{Wall: limit},
		Set: map[string]string{"FAKE": "leaves children, says nothing", "ALIVE": alive.path, "GORACE": "atexit_sleep_ms=0"},
	}
	f, err := Exec(context.Background(), open(t), command)
	if err != nil || f.Exit.Code != 0 || string(f.Stdout) != "said\n" {
		t.Errorf("%+v, %v", f, err)
	}
	alive.mustHaveEnded(t, 2)
}
