package supervisor

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Statements 24 and 25: whoever owns children and gets one of the four signals
// kills and reaps them first, the stubborn and the escaped too, and then dies
// of that very signal, QUIT without a page of stacks.
func TestLifecycle24_25_DiesOfItsSignal(t *testing.T) {
	for _, sig := range deadly {
		t.Run(sig.String(), func(t *testing.T) {
			l := newLiveness(t)
			o := helper("trapper", "quick")
			o.ExtraFiles = []*os.File{l.w}
			complaints, w := pipe(t)
			o.Stderr = w
			h, out := talk(t, o)
			_ = w.Close()
			expect(t, out, "ready")
			within(t, 3*time.Second, func() {
				if err := sysKill(h.PID, sig); err != nil {
					t.Fatal(err)
				}
				expect(t, out, fmt.Sprintf("%v children=0 registered=0", sig))
				exit, err := Reap(h)
				if err != nil {
					t.Error(err)
				}
				signalled(t, exit, sig)
			})
			l.dead(t, time.Second)
			if text, err := io.ReadAll(complaints); err != nil || len(text) > 0 {
				t.Errorf("it wrote %s, %v", text, err)
			}
		})
	}
}

// Statement 24: a second signal does not wait for a handler that does not end.
func TestLifecycle24_SecondSignalKillsAtOnce(t *testing.T) {
	l := newLiveness(t)
	o := helper("trapper", "slow")
	o.ExtraFiles = []*os.File{l.w}
	h, out := talk(t, o)
	expect(t, out, "ready")
	if err := sysKill(h.PID, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	expect(t, out, "slow")
	within(t, 2*time.Second, func() {
		if err := sysKill(h.PID, syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		exit, err := Reap(h)
		if err != nil {
			t.Error(err)
		}
		signalled(t, exit, syscall.SIGTERM)
	})
	l.dead(t, time.Second)
}

// Statement 24: what was ignored at the start (nohup, a script's background
// job) stays ignored, for the signals that Go itself respects and for those
// that it takes over. The rest is heard.
func TestLifecycle24_IgnoredStaysIgnored(t *testing.T) {
	names := map[syscall.Signal]string{syscall.SIGHUP: "HUP", syscall.SIGINT: "INT", syscall.SIGTERM: "TERM", syscall.SIGQUIT: "QUIT"}
	for _, sig := range deadly {
		t.Run(sig.String(), func(t *testing.T) {
			l := newLiveness(t)
			o := inner(helper("trapper", "short")) // exec'd by a shell that ignores
			o.Args = []string{"-c", "trap '' " + names[sig] + `; exec "$0" "$@"`, o.Path, "short"}
			o.Path, o.ExtraFiles = "/bin/sh", []*os.File{l.w}
			h, out := talk(t, o)
			expect(t, out, "ready")
			if err := sysKill(h.PID, sig); err != nil {
				t.Fatal(err)
			}
			expect(t, out, "not disturbed")
			if exit, err := Reap(h); err != nil || exit.Code != 0 {
				t.Errorf("reap = %v, %v", exit, err)
			}
		})
	}
}

// One that is ignored says nothing about the others.
func TestLifecycle24_TheRestIsHeard(t *testing.T) {
	l := newLiveness(t)
	o := inner(helper("trapper", "quick"))
	o.Args = []string{"-c", `trap '' QUIT; exec "$0" "$@"`, o.Path, "quick"}
	o.Path, o.ExtraFiles = "/bin/sh", []*os.File{l.w}
	h, out := talk(t, o)
	expect(t, out, "ready")
	if err := sysKill(h.PID, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	expect(t, out, "interrupt children=0 registered=0")
	exit, err := Reap(h)
	if err != nil {
		t.Error(err)
	}
	signalled(t, exit, syscall.SIGINT)
}

// A trap that was stopped is gone, and the signals are as before.
func TestTrapStops(t *testing.T) {
	stop := Trap(func(sig syscall.Signal) { t.Errorf("heard %v", sig) })
	within(t, time.Second, stop)
	stop()
	heard := make(chan syscall.Signal)
	stop = Trap(func(sig syscall.Signal) { heard <- sig })
	defer stop()
	if err := Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	select {
	case sig := <-heard:
		if sig != syscall.SIGHUP {
			t.Errorf("heard %v", sig)
		}
	case <-time.After(patience):
		t.Error("nothing heard")
	}
}

// Statement 24: TSTP stops the whole tree, CONT resumes it, and those who keep
// deadlines learn how long it stood.
func TestLifecycle24_StopAndContinue(t *testing.T) {
	in, w := pipe(t)
	o := helper("pauser", "1")
	o.ExtraFiles = []*os.File{in}
	h, out := talk(t, o)
	pids := strings.Fields(line(t, out))
	if len(pids) != 3 {
		t.Fatalf("pids = %v", pids)
	}
	for range 2 {
		begin := time.Now()
		if err := sysKill(h.PID, syscall.SIGTSTP); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the top stands still", func() bool { return state(h.PID) == "T" })
		if got := states(t, pids); got != "T T T" {
			t.Errorf("the top stands still and the states are %s", got)
		}
		if err := sysKill(h.PID, syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		paused, err := strconv.Atoi(line(t, out))
		if took := time.Since(begin).Milliseconds(); err != nil || int64(paused) > took {
			t.Errorf("paused %d ms of %d ms, %v", paused, took, err)
		}
		eventually(t, "the whole tree goes on", func() bool { return !strings.Contains(states(t, pids), "T") })
	}
	_ = w.Close()
}

// states are the letters of state of all processes, innermost first.
func states(t *testing.T, pids []string) string {
	t.Helper()
	var letters []string
	for _, p := range pids {
		pid, err := strconv.Atoi(p)
		if err != nil || state(pid) == "" {
			t.Fatalf("process %s is gone, %v", p, err)
		}
		letters = append(letters, state(pid))
	}
	return strings.Join(letters, " ")
}

// A death by QUIT leaves no core file in the user's directory.
func TestLifecycle24_NoCoreFile(t *testing.T) {
	_, out := talk(t, inner(helper("coreless")))
	expect(t, out, "true 0")
}
