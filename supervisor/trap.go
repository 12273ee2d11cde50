package supervisor

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// deadly are the signals that end this program in an orderly way.
var deadly = []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// secondLimit bounds what the second signal may take.
var secondLimit = time.Second

// Trap calls handle, once and in a goroutine of its own, when the first of
// INT, TERM, HUP and QUIT arrives. What handle has to do is lifecycle's order:
// Shutdown, KillAndReapAll, remove directories, write what is known, DieOf.
// A second signal does not wait for it: all children are killed, and after a
// second at most this process dies of the first signal; a third one saves
// even that second.
//
// A signal that was ignored when this process started (nohup, a script's
// background job) stays ignored. Call Trap early, before anything else is
// notified of these signals, and once at a time.
//
// stop restores the signals and ends the trap's goroutine; it does not wait
// for a running handle. It may be called again.
func Trap(handle func(syscall.Signal)) (stop func()) {
	return listen(unignored(deadly), func(heard <-chan os.Signal, done <-chan struct{}) {
		first, ok := next(heard, done)
		if !ok {
			return
		}
		go handle(first)
		if _, ok := next(heard, done); ok {
			killAtOnce(heard)
			DieOf(first)
		}
	})
}

// killAtOnce kills and reaps all children, but waits for nothing longer than
// secondLimit or the next signal.
func killAtOnce(heard <-chan os.Signal) {
	SignalAll(syscall.SIGKILL)
	dead := make(chan struct{})
	go func() {
		defer close(dead)
		Shutdown()
		KillAndReapAll()
	}()
	select {
	case <-dead:
	case <-heard:
	case <-time.After(secondLimit):
	}
}

// listen runs body in a goroutine that hears signals until the returned
// function is called. That one waits until body has returned.
func listen(signals []os.Signal, body func(heard <-chan os.Signal, done <-chan struct{})) (stop func()) {
	heard := make(chan os.Signal, 8)
	done, ended := make(chan struct{}), make(chan struct{})
	if len(signals) > 0 { // Notify takes an empty list for all signals
		signal.Notify(heard, signals...)
	}
	go func() {
		defer close(ended)
		body(heard, done)
	}()
	var once sync.Once
	return func() {
		once.Do(func() {
			signal.Stop(heard)
			close(done)
		})
		<-ended
	}
}

// next waits for a signal; false when the trap was stopped.
func next(heard <-chan os.Signal, done <-chan struct{}) (syscall.Signal, bool) {
	select {
	case s := <-heard:
		return s.(syscall.Signal), true
	case <-done:
		return 0, false
	}
}

// unignored drops the signals that were ignored when this process started.
func unignored(all []syscall.Signal) []os.Signal {
	var list []os.Signal
	for _, s := range all {
		if !ignoredAtStart(s) {
			list = append(list, s)
		}
	}
	return list
}
