package supervisor

import (
	"os"
	"syscall"
	"time"
)

// stopLimit bounds how long a process waits for its children to stop before
// it stops itself, and to go on after it went on.
const stopLimit = 500 * time.Millisecond

// TrapStop makes TSTP (Ctrl-Z) stop the whole tree and CONT resume it. On TSTP
// every registered child is stopped: an outer one gets TSTP, so that it can
// stop its own children first, an inner one STOP. When they stand still, this
// process stops itself. Continued, it continues them and calls resumed with
// the time that was lost, by which every deadline has to move. No child is
// started and none is reaped in between.
//
// TSTP stays ignored if it was ignored when this process started. The returned
// function ends the trap; it waits while a pause lasts.
func TrapStop(resumed func(paused time.Duration)) (stop func()) {
	return listen(unignored([]syscall.Signal{syscall.SIGTSTP}), func(heard <-chan os.Signal, done <-chan struct{}) {
		for {
			if _, ok := next(heard, done); !ok {
				return
			}
			resumed(pause())
		}
	})
}

// pause stops the tree and returns, when it is continued, how long it stood.
func pause() time.Duration {
	startLock.Lock()
	defer startLock.Unlock()
	begin := time.Now()
	children := snapshot()
	for _, h := range children {
		_ = SignalGroup(h.stopSignal(), h)
	}
	awaitAll(children, func(h *Handle) bool { return isStopped(h.PID) })
	_ = Kill(syscall.Getpid(), syscall.SIGSTOP)
	// A child that had not stopped in time does so now, after the first CONT:
	// hence it is sent until it has an effect.
	awaitAll(children, func(h *Handle) bool {
		_ = SignalGroup(syscall.SIGCONT, h)
		return !isStopped(h.PID)
	})
	return time.Since(begin)
}

// stopSignal is what stops a child with all that belongs to it.
func (h *Handle) stopSignal() syscall.Signal {
	if h.outer {
		return syscall.SIGTSTP
	}
	return syscall.SIGSTOP
}

// awaitAll asks until every child that still runs says yes, for stopLimit at
// most.
func awaitAll(children []*Handle, yes func(*Handle) bool) {
	deadline := time.Now().Add(stopLimit)
	for _, h := range children {
		for !h.hasExited() && !yes(h) && time.Now().Before(deadline) {
			time.Sleep(time.Millisecond)
		}
	}
}
