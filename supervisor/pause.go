package supervisor

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// stopLimit bounds how long a process waits for its children to stop before
// it stops itself, and to go on after it went on.
var stopLimit = time.Second

// TrapStop makes TSTP (Ctrl-Z) stop the whole tree and CONT resume it. On TSTP
// every registered child is stopped: an outer one gets TSTP, so that it can
// stop its own children first, an inner one STOP. When they stand still, this
// process stops itself. Continued, it continues them and calls resumed with
// the time that was lost, by which every deadline has to move. No child is
// started and none is reaped in between. Processes that have left their
// child's group are not stopped.
//
// TSTP stays ignored if it was ignored when this process started. The returned
// function ends the trap; it waits while a pause lasts.
func TrapStop(resumed func(paused time.Duration)) (stop func()) {
	signals := unignored([]syscall.Signal{syscall.SIGTSTP})
	return listen(signals, func(heard <-chan os.Signal, done <-chan struct{}) {
		continued := make(chan os.Signal, 1)
		signal.Notify(continued, syscall.SIGCONT)
		defer signal.Stop(continued)
		for {
			if _, ok := next(heard, done); !ok {
				return
			}
			resumed(pause(continued))
		}
	})
}

// pause stops the tree and returns, when it is continued, how long it stood.
func pause(continued <-chan os.Signal) time.Duration {
	startLock.Lock()
	defer startLock.Unlock()
	begin := time.Now()
	children := snapshot()
	forgetSignal(continued) // of an earlier stop, by STOP for example
	for _, h := range children {
		_ = SignalGroup(h.stopSignal(), h)
	}
	awaitAll(children, func(h *Handle) bool { return isStopped(h.PID) })
	if !forgetSignal(continued) { // else the pause is over already
		// This thread runs on for a moment after it has stopped the process,
		// so what comes next waits for the news of CONT.
		if Kill(syscall.Getpid(), syscall.SIGSTOP) == nil {
			<-continued
		}
	}
	// A child that had not stopped in time does so now, after the first CONT:
	// hence it is sent until it has an effect.
	awaitAll(children, func(h *Handle) bool {
		_ = SignalGroup(syscall.SIGCONT, h)
		return !isStopped(h.PID)
	})
	return time.Since(begin)
}

// forgetSignal drops a signal that has arrived, and reports whether one had.
func forgetSignal(heard <-chan os.Signal) bool {
	select {
	case <-heard:
		return true
	default:
		return false
	}
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
