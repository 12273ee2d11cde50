package supervisor

import (
	"os"
	"runtime"
	"syscall"
	"time"
)

// DieOf ends this process by sig, so that its parent sees a death by that very
// signal, as the conventions of shells and CI runners want it: neither Go's
// handler (which answers QUIT with a page of stacks and exit code 2) nor a core
// file comes in between. It does not return and runs no deferred function.
// Where the signal cannot kill (process 1 of a container is immune) the exit
// code is 128 + sig.
//
// On darwin the disposition is set through os/signal, which does not cover
// QUIT: there QUIT ends with exit code 131.
func DieOf(sig syscall.Signal) {
	runtime.LockOSThread() // the mask that setDefault changes is this thread's
	if setDefault(sig) {
		_ = Kill(syscall.Getpid(), sig)
		time.Sleep(time.Second)
	}
	os.Exit(128 + int(sig))
}
