package chaos

import (
	"encoding/json"
	"strings"
	"syscall"
	"testing"
	"time"
)

// slack is how much longer than its mutant a worker may take here; a minute by default.
const slack = "10s"

// TestLifecycle16_StuckWorker stops a worker for good while it judges a mutant.
// Nobody asks a worker for signs of life, so the mutant's own time and the slack have
// to pass. Then this mutant is an error, everything of the worker is gone, and all
// other verdicts are there.
func TestLifecycle16_StuckWorker(t *testing.T) {
	if *only >= 0 {
		t.Logf("round %d only", *only)
		return
	}
	p := newPlace(t)
	want := expected(t, p.dir+"/expected.txt")
	r := p.start(t, "stuck", "--worker-slack", slack)
	r.stopJudge(t)
	status := r.wait(t, 5*time.Minute)
	t.Logf("the run took %v", r.took)
	r.wantClean(t, false)
	got, complete, err := verdicts(p.dir, r.stdout.Bytes())
	if err != nil || !complete || status.ExitStatus() != 1 {
		t.Fatalf("exit status %d, complete is %v: %v\n%s", status.ExitStatus(), complete, err, &r.stderr)
	}
	if n := overdue(t, r.stdout.Bytes()); n != 1 {
		t.Errorf("%d mutants passed the deadline of their worker, want 1", n)
	}
	// The mutant may be one of those that are an error anyway.
	lost, instead := missing(want, got), missing(got, want)
	if len(lost) > 1 || len(instead) != len(lost) || len(lost) == 1 && !strings.HasPrefix(instead[0], "error ") {
		t.Errorf("want one mutant to be an error, got:%s", difference(want, got))
	}
}

// overdue counts the mutants that are an error because their worker did not answer.
func overdue(t *testing.T, out []byte) (n int) {
	t.Helper()
	var doc document
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	for _, m := range doc.Mutants {
		if m.Status == "error" && strings.Contains(m.Reason, "passed its deadline") {
			n++
		}
	}
	return n
}

// stopJudge stops a worker that has a mutant's child.
func (r *run) stopJudge(t *testing.T) {
	t.Helper()
	for !r.over() {
		members := r.tree.members()
		for _, child := range members {
			for _, p := range members {
				if child.role == mutant && child.parent == p.pid && p.signal(syscall.SIGSTOP) {
					return
				}
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	t.Fatal("the run is over before a worker had a mutant's child")
}
