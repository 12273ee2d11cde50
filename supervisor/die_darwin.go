package supervisor

import (
	"os/signal"
	"syscall"
)

// setDefault makes sig do to this process what it does to any program, as far
// as os/signal can.
func setDefault(sig syscall.Signal) bool {
	if sig == syscall.SIGQUIT {
		return false
	}
	signal.Reset(sig)
	return true
}
