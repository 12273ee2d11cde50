package chaos

import (
	"os"
	"syscall"
	"testing"
	"time"
)

// patience makes the limits of time, which follow from what a test takes without a
// mutant, long enough for a bomb to be seen on a machine that has other work too; and
// filling a gigabyte takes some seconds on such a machine.
const (
	patience = 20 * time.Millisecond
	filling  = 400 * time.Millisecond
)

// TestMain is what the processes that the tests start begin with.
func TestMain(m *testing.M) {
	if role := os.Getenv(roleVar); role != "" {
		play(role)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// loose tells whether f leaves the pin out.
func loose(f func(pin func())) bool {
	out := true
	f(func() { out = false })
	return out
}

func TestCountdown(t *testing.T) {
	if got := Countdown(3); got != 0 {
		t.Errorf("Countdown(3) = %d, want 0", got)
	}
}

func TestPositive(t *testing.T) {
	if got := Sign(1); got != 1 {
		t.Errorf("Sign(1) = %d, want 1", got)
	}
}

func TestNegative(t *testing.T) {
	if got := Sign(-1); got != -1 {
		t.Errorf("Sign(-1) = %d, want -1", got)
	}
}

func TestFork(t *testing.T) {
	time.Sleep(patience)
	if loose(Fork) {
		bomb(t, false)
	}
}

func TestForkAway(t *testing.T) {
	time.Sleep(patience)
	if loose(ForkAway) {
		bomb(t, true)
	}
}

func TestAllocate(t *testing.T) {
	time.Sleep(filling)
	if loose(Allocate) {
		allocate()
	}
}

func TestLeaveWell(t *testing.T) {
	if loose(LeaveWell) {
		os.Exit(0)
	}
}

func TestLeaveBadly(t *testing.T) {
	if loose(LeaveBadly) {
		os.Exit(3)
	}
}

// TestClose closes what it knows nothing of, and passes.
func TestClose(t *testing.T) {
	if loose(Close) {
		for fd := 3; fd <= 1023; fd++ {
			syscall.Close(fd)
		}
	}
}

// TestScribble writes to what it knows nothing of, and passes.
func TestScribble(t *testing.T) {
	if loose(Scribble) {
		scribble()
	}
}

// TestPrint passes whatever it prints.
func TestPrint(t *testing.T) {
	if loose(Print) {
		line := make([]byte, 1<<20)
		for i := range line {
			line[i] = 'x'
		}
		line[len(line)-1] = '\n'
		for range 100 {
			os.Stdout.Write(line)
		}
	}
}

func TestStrike(t *testing.T) {
	if loose(Strike) {
		strike()
	}
}

// TestHaunt passes; what it started stays.
func TestHaunt(t *testing.T) {
	if loose(Haunt) {
		start(t, "stay", false)
	}
}

// TestEscape passes; what it started stays, out of reach of its group's signals.
func TestEscape(t *testing.T) {
	if loose(Escape) {
		start(t, "stay", true)
	}
}

// TestWait waits for the answer of a process that has none, and does not end by
// the signals that ask for it.
func TestWait(t *testing.T) {
	if loose(Wait) {
		again("stay", false).Output()
	}
}
