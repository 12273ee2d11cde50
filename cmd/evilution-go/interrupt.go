package main

import (
	"context"
	"errors"
	"sync/atomic"
	"syscall"
)

// interruptible runs work with a context that the first INT, TERM, HUP or QUIT
// cancels. Work must then return soon with what it has; the process should die of
// that signal, and that it was cancelled is no news to anyone.
func (a *app) interruptible(work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var caught atomic.Int32
	stop := a.engine.trap(func(sig syscall.Signal) {
		caught.CompareAndSwap(0, int32(sig))
		cancel()
	})
	defer stop()
	err := work(ctx)
	a.end.signal = syscall.Signal(caught.Load())
	if a.end.signal != 0 && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
