// Package supervisor stands in for the real one until that lands.
package supervisor

import (
	"os"
	"os/signal"
	"syscall"
)

func Trap(handle func(syscall.Signal)) (stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	go func() {
		for s := range c {
			handle(s.(syscall.Signal))
		}
	}()
	return func() { signal.Stop(c); close(c) }
}

func DieOf(sig syscall.Signal) { os.Exit(128 + int(sig)) }
