package supervisor

import (
	"os/signal"
	"syscall"
)

// ignoredAtStart reports whether sig was ignored when this process started.
// Go tells it for INT and HUP only, and takes the others over.
func ignoredAtStart(sig syscall.Signal) bool { return signal.Ignored(sig) }
