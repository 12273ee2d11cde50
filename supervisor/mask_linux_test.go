package supervisor

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func init() { // the programs that only Linux has
	programs["mortal"], programs["prober"], programs["starved"] = mortal, prober, starved
}

// unblock takes out exactly one signal, whatever its number.
func TestUnblockTakesOutOne(t *testing.T) {
	for _, sig := range []syscall.Signal{1, 2, syscall.SIGTERM, syscall.SIGSYS, 33, 64} {
		func() {
			defer blockAll(t)()
			var before, after unix.Sigset_t
			if err := unix.PthreadSigmask(unix.SIG_BLOCK, nil, &before); err != nil {
				t.Fatal(err)
			}
			if err := unblock(sig); err != nil {
				t.Error(err)
			}
			if err := unix.PthreadSigmask(unix.SIG_BLOCK, nil, &after); err != nil {
				t.Fatal(err)
			}
			before.Val[0] &^= 1 << (sig - 1)
			if before != after {
				t.Errorf("without signal %d the mask is %x, want %x", sig, after.Val[0], before.Val[0])
			}
		}()
	}
}

func TestSignalsThatCannotBeChanged(t *testing.T) {
	if _, err := sigaction(99, nil); !errors.Is(err, syscall.EINVAL) {
		t.Errorf("disposition of signal 99: %v, want EINVAL", err)
	}
	if ignoredAtStart(99) || probe(99) {
		t.Error("signal 99 was ignored")
	}
}

// DieOf exits with 128 and the number where the signal cannot be made deadly.
func TestDieOfExitsWhereNoSignalKills(t *testing.T) {
	exit, err := Reap(start(t, inner(helper("mortal"))))
	if err != nil || exit.Code != 128+int(syscall.SIGKILL) {
		t.Errorf("exit = %v, %v", exit, err)
	}
}

// A look at what a signal did at the start leaves it as it was: it still kills.
func TestLifecycle24_ProbedSignalStillKills(t *testing.T) {
	for _, how := range []string{"probe", "trap"} {
		h, out := talk(t, inner(helper("prober", how)))
		expect(t, out, "ignored=false same=true")
		exit, err := Reap(h)
		if err != nil {
			t.Error(err)
		}
		signalled(t, exit, syscall.SIGTERM)
	}
}

// mortal cannot die of its signal: nobody changes what KILL does.
func mortal([]string) { DieOf(syscall.SIGKILL) }

// prober looks at TERM, or traps it for a while, and then sends it to itself.
func prober(args []string) {
	before := must(sigaction(syscall.SIGTERM, nil))
	ignored := false
	if args[0] == "probe" {
		ignored = probe(syscall.SIGTERM)
	} else {
		Trap(func(syscall.Signal) { say("trapped"); os.Exit(97) })()
	}
	after := must(sigaction(syscall.SIGTERM, nil))
	say("ignored=%v same=%v", ignored, before.handler == after.handler)
	must(0, sysKill(os.Getpid(), syscall.SIGTERM))
	finale("wait")
}
