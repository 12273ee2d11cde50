package isolation

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
)

// limit is a deadline for one run: nothing here waits as long unless it hangs.
const limit = time.Minute

// open makes a session's directory and checks at the end that nothing of a
// child is left in it: at most empty directories for the next one.
func open(t testing.TB) *sandbox.Root {
	t.Helper()
	root, err := sandbox.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		left, err := os.ReadDir(root.Dir)
		if err != nil {
			t.Error(err)
		}
		for _, e := range left {
			if e.IsDir() {
				checkEmpty(t, root.Dir+"/"+e.Name())
			} else if e.Name() != "owner" && !strings.HasPrefix(e.Name(), "cgroup.") {
				t.Errorf("left in the session's directory: %v", e)
			}
		}
		if err := root.Close(); err != nil {
			t.Error(err)
		}
	})
	return root
}

// checkEmpty checks that a directory is as good as fresh: it may still hold what its
// next child needs, too.
func checkEmpty(t testing.TB, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		placed := e.Type().IsRegular() && filepath.Dir(path) == dir && (e.Name() == "order" || strings.HasSuffix(e.Name(), ".test"))
		if path != dir && path != dir+"/h" && path != dir+"/t" && !placed {
			t.Errorf("left in the session's directory: %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// order asks this binary for a behaviour.
func order(t testing.TB, behaviour string) Order {
	t.Helper()
	return Order{
		Binary: filepath.Join(shared, "fake.test"), Dir: t.TempDir(), Set: map[string]string{"FAKE": behaviour, "GORACE": "atexit_sleep_ms=0"},
		Limits: sandbox.Limits{Wall: limit}, Grace: 300 * time.Millisecond,
	}
}

// mustRun runs o, which is no trouble for the tool whatever the child does.
func mustRun(t testing.TB, root *sandbox.Root, o Order) Outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	out, err := Run(ctx, root, o)
	if err != nil {
		t.Fatalf("run %s: %v", o.Set["FAKE"], err)
	}
	return out
}

// Rule 12: facts and frames must agree, and what cannot be said is no verdict.
func TestLifecycle12_FactsAndFrames(t *testing.T) {
	root := open(t)
	for _, c := range []struct {
		behaviour string
		verdict   Verdict
		cause     string
		test      string
		detail    string
	}{
		{"pass", Passed, "", "", ""},
		{"empty", Passed, "", "", ""},
		{"fail", Failed, "", "TestB", ""},
		{"fail but exit 0", Broken, "", "", "TestA failed, but exit status 0 (does TestMain drop the code of m.Run?)"},
		{"teardown exits", Crashed, CauseExit, "", "exit status 7"},
		{"panic", Crashed, CausePanic, "TestA", "panic: assignment to entry in nil map"},
		{"panic below a mountain", Crashed, CausePanic, "TestA", "panic: first of all"},
		{"stack overflow", Crashed, CauseFatal, "TestA", "fatal error: stack overflow"},
		{"exit 3", Crashed, CauseExit, "TestA", "exit status 3"},
		{"exit 86", Crashed, CauseExit, "TestA", "exit status 86"},
		{"exit 0", Broken, "", "TestA", "exit status 0 before the end of the tests"},
		{"exit 0 unsaid", Empty, "", "", "exit status 0 before any test ran"},
		{"hang", Hang, "", "TestA", "12345 iterations"},
		{"hang but exit 0", Broken, "", "TestA", "a hang, but exit status 0"},
		{"agent gives up", Broken, "", "", "evilution agent: no test TestX in this binary"},
		{"kill itself", Crashed, CauseSignal, "TestA", "signal: killed"},
		{"test missing", Broken, "", "", "TestB did not run"},
	} {
		out := mustRun(t, root, order(t, c.behaviour))
		if out.Verdict != c.verdict || out.Cause != c.cause || out.Test != c.test || out.Detail != c.detail {
			t.Errorf("%s: got %v %q in %q: %q\n%s", c.behaviour, out.Verdict, out.Cause, out.Test, out.Detail, out.Output)
		}
		if out.Again != (c.cause == CauseSignal) {
			t.Errorf("%s: again is %v", c.behaviour, out.Again)
		}
		if out.Unclean != "" {
			t.Errorf("%s: %s", c.behaviour, out.Unclean)
		}
	}
}
