package workqueue

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// modeEnv makes this test binary something else than a test: see mode.
const modeEnv = "WORKQUEUE_TEST_MODE"

// depthEnv counts how many of those started each other, and maxDepth is how many
// may: a mode that is handed on by mistake must not fill the machine.
const (
	depthEnv = "WORKQUEUE_TEST_DEPTH"
	maxDepth = 4
)

// as is the environment of a process that is to be this binary in a mode.
func as(mode string, more ...string) []string {
	env := slices.DeleteFunc(os.Environ(), func(s string) bool {
		return strings.HasPrefix(s, modeEnv+"=") || strings.HasPrefix(s, depthEnv+"=")
	})
	depth, _ := strconv.Atoi(os.Getenv(depthEnv)) // absent: 0
	env = append(env, modeEnv+"="+mode, depthEnv+"="+strconv.Itoa(depth+1))
	// The race detector waits for a second when a process exits, otherwise.
	return append(append(env, "GORACE=atexit_sleep_ms=0"), more...)
}

func TestMain(m *testing.M) {
	name, ok := os.LookupEnv(modeEnv)
	if !ok {
		os.Exit(m.Run())
	}
	run := mode(name)
	if depth, _ := strconv.Atoi(os.Getenv(depthEnv)); run == nil || depth > maxDepth {
		fmt.Fprintf(os.Stderr, "mode %q at depth %d: refused\n", name, depth)
		os.Exit(99)
	}
	os.Exit(run())
}

// limit bounds every wait of these tests; none is expected to come near it.
const limit = 20 * time.Second

// plan is what a test varies of a queue; starts counts the calls of Command.
type plan struct {
	Options
	mode   string
	extra  []*os.File
	env    []string
	starts *atomic.Int64
}

// open starts a queue and makes sure that it is gone after the test.
func open(t *testing.T, p plan) *Queue {
	t.Helper()
	q, err := Start(context.Background(), p.options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Kill)
	return q
}

func (p plan) options(t testing.TB) Options {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if p.mode == "" {
		p.mode = "worker"
	}
	if p.Clock != nil && p.StartTimeout == 0 {
		p.StartTimeout = 1000 * time.Hour // no fake clock is advanced that far
	}
	if p.Command == nil {
		p.Command = func(int) supervisor.Options {
			if p.starts != nil {
				p.starts.Add(1)
			}
			return supervisor.Options{Path: self, Env: as(p.mode, p.env...), ExtraFiles: p.extra}
		}
	}
	return p.Options
}

// receive waits for a result, but not for ever.
func receive(t *testing.T, from <-chan Result) Result {
	t.Helper()
	select {
	case r := <-from:
		return r
	case <-time.After(limit):
		t.Fatal("no result")
		panic("not reached")
	}
}

// await waits for a channel to deliver or be closed.
func await[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(limit):
		t.Fatalf("waited %v for %s", limit, what)
		panic("not reached")
	}
}

// do runs items and fails the test if that takes too long or the queue ends.
func do(t *testing.T, q *Queue, items ...Item) []Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	results, err := q.Do(ctx, items)
	if err != nil {
		t.Fatalf("Do: %v; results: %+v", err, results)
	}
	return results
}

// good fails the test unless r carries want.
func good(t *testing.T, r Result, want string) {
	t.Helper()
	if r.Err != nil || string(r.Body) != want {
		t.Fatalf("result %q, %v; want %q", r.Body, r.Err, want)
	}
}

// until waits until the first worker is as is says. It asks the loop again and
// again, which is what makes the loop come to that.
func (q *Queue) until(t *testing.T, what string, is func(*worker) bool) {
	t.Helper()
	for begin, done := time.Now(), false; !done; {
		q.wait(func() { done = q.loop.slots[0].w != nil && is(q.loop.slots[0].w) })
		if time.Since(begin) > limit {
			t.Fatalf("waited %v for %s", limit, what)
		}
	}
}

// told returns a Progress function and the channel on which it hands on.
func told() (func([]byte), <-chan string) {
	c := make(chan string, 1000)
	return func(b []byte) { c <- string(b) }, c
}

// life is a pipe whose writing end is given to processes: each writes a byte
// when it is up, and the end of the pipe is the death of the last.
type life struct {
	r, w *os.File
}

func newLife(t *testing.T) *life {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return &life{r, w}
}

// up waits for n processes.
func (l *life) up(t *testing.T, n int) {
	t.Helper()
	_ = l.r.SetReadDeadline(time.Now().Add(limit))
	for range n {
		if _, err := l.r.Read(make([]byte, 1)); err != nil {
			t.Fatalf("wait for %d processes: %v", n, err)
		}
	}
}

// dead fails the test unless all processes are dead within d. It gives up
// this process's own writing end.
func (l *life) dead(t *testing.T, d time.Duration) {
	t.Helper()
	_ = l.w.Close()
	_ = l.r.SetReadDeadline(time.Now().Add(d))
	if _, err := io.Copy(io.Discard, l.r); err != nil {
		t.Fatalf("a process lives after %v: %v", d, err)
	}
}

// children lists the children of this process with their states.
func children(t *testing.T) map[int]string {
	t.Helper()
	all := map[int]string{}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stats {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has just ended
		}
		pid, _ := strconv.Atoi(strings.Split(name, "/")[2])
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if fields[1] == fmt.Sprint(os.Getpid()) {
			all[pid] = fields[0]
		}
	}
	return all
}

// childless fails the test if this process has a child, dead or alive.
func childless(t *testing.T) {
	t.Helper()
	if all := children(t); len(all) > 0 {
		t.Fatalf("children are left: %v", all)
	}
}
