package chaos

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// patience is how much longer than in peace a run may take under attack: a worker
// and its caches may be needed anew, a limit of time may pass, and the machine may
// have other work.
const patience = time.Minute

// TestLifecycle24_Chaos runs the rounds. See the package's documentation for what
// must hold.
func TestLifecycle24_Chaos(t *testing.T) {
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-seed %d", *seed)
	p := newPlace(t)
	p.quiet(t) // the go command fills its cache
	long, want := p.quiet(t)
	if text := difference(expected(t, filepath.Join(p.dir, "expected.txt")), want); text != "" {
		t.Fatalf("the run in peace, against expected.txt:%s", text)
	}
	var attacks []attack
	for n := range *rounds {
		if n%deckSize == 0 {
			attacks = deck(rand.New(rand.NewPCG(*seed, uint64(n))))
		}
		if *only >= 0 && n != *only {
			continue
		}
		a := attacks[n%deckSize]
		t.Run(fmt.Sprintf("%d %v", n, a), func(t *testing.T) { p.round(t, a, n, long, want) })
	}
}

// quiet runs the tool in peace, and returns how long that took and its verdicts.
func (p *place) quiet(t *testing.T) (time.Duration, []string) {
	t.Helper()
	r := p.start(t, "quiet")
	status := r.wait(t, 5*time.Minute)
	r.wantClean(t, false)
	got, complete, err := verdicts(p.dir, r.stdout.Bytes())
	if err != nil || !complete || status.ExitStatus() != 1 { // two errors fail the gate
		t.Fatalf("a run in peace ends with exit status %d, complete is %v: %v\n%s", status.ExitStatus(), complete, err, &r.stderr)
	}
	return r.took, got
}

// round is one attack on one run, which would take long in peace and have the
// verdicts want.
func (p *place) round(t *testing.T, a attack, n int, long time.Duration, want []string) {
	rng := rand.New(rand.NewPCG(*seed, uint64(n)<<1|1))
	if rng.IntN(4) == 0 { // without the binaries that earlier rounds have built
		if err := os.RemoveAll(filepath.Join(p.cache, "evilution-go")); err != nil {
			t.Fatal(err)
		}
	}
	moment := time.Duration(rng.Float64() * a.latest() * float64(long))
	r := p.start(t, fmt.Sprintf("%d-%d", *seed, n))
	hit := a.launch(t, r, rng, moment)
	limit := long + patience
	if hit != "" && a.toRunner() != 0 {
		limit = endLimit
	}
	status := r.wait(t, limit)
	t.Logf("hit %s; the run took %v of %v", hit, r.took.Round(time.Millisecond), long.Round(time.Millisecond))
	r.wantClean(t, status.Signaled() && status.Signal() == syscall.SIGKILL)
	r.wantEnd(t, a, hit, status, want)
	if t.Failed() {
		t.Logf("again: go test ./test/chaos -v -rounds %d -seed %d -only %d\n%s", n+1, *seed, n, &r.stderr)
	}
}

// wantEnd checks how the run has ended.
func (r *run) wantEnd(t *testing.T, a attack, hit string, status syscall.WaitStatus, want []string) {
	t.Helper()
	got, complete, err := verdicts(r.dir, r.stdout.Bytes())
	if status.Signaled() {
		if hit == "" || status.Signal() != a.toRunner() {
			t.Errorf("the Runner ends by %v", status.Signal())
		}
		if text := difference(want, got); complete && text != "" { // it was done when the signal came
			t.Errorf("complete, and against a run in peace:%s", text)
		}
		if err != nil && a.toRunner() != syscall.SIGKILL {
			t.Errorf("an interrupted run: %v", err)
		}
		return
	}
	if err != nil {
		t.Errorf("exit status %d: %v", status.ExitStatus(), err)
		return
	}
	text := difference(want, got)
	switch {
	case text == "" && complete && status.ExitStatus() == 1:
	case hit == "" || a.harmless() || a.toRunner() != 0: // the Runner was done when its signal came
		t.Errorf("exit status %d, complete is %v, and against a run in peace:%s", status.ExitStatus(), complete, text)
	default:
		t.Logf("exit status %d, complete is %v, %d verdicts are not those of a run in peace", status.ExitStatus(), complete, len(missing(want, got)))
	}
}
