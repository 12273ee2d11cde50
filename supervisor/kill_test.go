package supervisor

import (
	"errors"
	"math"
	"os"
	"syscall"
	"testing"
)

// watchKills lets see look at every signal just before it is sent, until the
// end of the test.
func watchKills(t testing.TB, see func(pid int, sig syscall.Signal)) {
	real := sysKill
	sysKill = func(pid int, sig syscall.Signal) error {
		see(pid, sig)
		return real(pid, sig)
	}
	t.Cleanup(func() { sysKill = real })
}

// A mutated kill(-pgid) must never become kill(-1).
func TestLifecycleContract_KillRefuses(t *testing.T) {
	watchKills(t, func(pid int, _ syscall.Signal) { t.Errorf("a signal was sent to %d", pid) })
	pids := []int{0, 1, -1, -syscall.Getpgrp(), math.MinInt, math.MinInt32}
	for _, large := range []int64{math.MaxInt32 + 1, 1<<32 - 1, 1 << 32, -(1 << 32)} {
		if pid := int(large); int64(pid) == large { // else this machine's int is as narrow
			pids = append(pids, pid)
		}
	}
	for _, pid := range pids {
		if err := Kill(pid, 0); !errors.Is(err, ErrRefused) {
			t.Errorf("kill %d = %v, want ErrRefused", pid, err)
		}
	}
	for _, h := range []*Handle{{}, {PID: 1, PGID: 1}, {PID: -1, PGID: -1}} {
		_ = SignalGroup(syscall.SIGKILL, h)
	}
}

func TestKillAsksAndReports(t *testing.T) {
	if err := Kill(os.Getpid(), 0); err != nil {
		t.Errorf("signal 0 to this process: %v", err)
	}
	for _, pid := range []int{1 << 23, math.MaxInt32, -math.MaxInt32} {
		if err := Kill(pid, syscall.SIGKILL); !missing(err) {
			t.Errorf("to nobody, %d: %v, want ESRCH", pid, err)
		}
	}
}
