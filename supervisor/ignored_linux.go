package supervisor

import (
	"os/signal"
	"syscall"
)

// ignoredAtStart reports whether sig was ignored when this process started.
// Where Go left the kernel's disposition alone (INT and HUP if they were
// ignored, TSTP always) the kernel knows.
func ignoredAtStart(sig syscall.Signal) bool {
	now, err := sigaction(sig, nil)
	return err == nil && now.handler == sigIgnore || signal.Ignored(sig)
}
