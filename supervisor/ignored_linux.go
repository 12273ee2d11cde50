package supervisor

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ignoredAtStart reports whether sig was ignored when this process started.
//
// Where Go has left the kernel's disposition alone the kernel knows: INT and
// HUP if they were ignored, TSTP always. TERM and QUIT Go takes over whatever
// they were (os/signal documents the difference), and keeps to itself what it
// found; a script's background job has QUIT ignored. For them there is a probe.
func ignoredAtStart(sig syscall.Signal) bool {
	now, err := sigaction(sig, nil)
	switch {
	case err != nil:
		return false
	case now.handler == sigIgnore:
		return true
	case sig == syscall.SIGTERM:
		return termIgnored()
	case sig == syscall.SIGQUIT:
		return quitIgnored()
	}
	return false
}

var (
	termIgnored = sync.OnceValue(func() bool { return probe(syscall.SIGTERM) })
	quitIgnored = sync.OnceValue(func() bool { return probe(syscall.SIGQUIT) })
)

// probe finds out what sig did before the runtime took it over, by what the
// runtime's handler does with a signal that nobody in the program wants: it
// forwards it to the disposition that it found at the start, which ends the
// process or does nothing. That happens in a clone, whose death tells.
//
// signal.Ignore makes sig unwanted; what it does to the kernel's disposition is
// undone at once, so a signal that arrives meanwhile has its right effect here,
// too: it ends this process, which has no children yet, or is ignored.
func probe(sig syscall.Signal) bool {
	handler, err := sigaction(sig, nil)
	if err != nil {
		return false
	}
	signal.Ignore(sig)
	_, _ = sigaction(sig, &handler)
	if survivesProbe(sig) {
		_, _ = sigaction(sig, &disposition{handler: sigIgnore})
		return true
	}
	// Notify takes sig back for the runtime, which must find the default
	// there, not its own handler.
	_, _ = sigaction(sig, &disposition{handler: sigDefault})
	taken := make(chan os.Signal, 1)
	signal.Notify(taken, sig)
	signal.Stop(taken)
	return false
}

// survivesProbe sends sig to a clone of this process. Whatever goes wrong
// counts as "did not survive", which leaves sig to Go's usual ways.
func survivesProbe(sig syscall.Signal) bool {
	h := &Handle{}
	err := h.startLocked(func() (int, error) {
		pid, errno := forkProbe(uintptr(sig))
		if errno != 0 {
			return 0, errno
		}
		return int(pid), nil
	})
	if err != nil {
		return false
	}
	if !h.exitsWithin(time.Second) {
		_ = SignalGroup(syscall.SIGKILL, h)
	}
	exit, err := Reap(h)
	return err == nil && exit.Code == 0
}

// forkProbe clones this process, as fork does, into one that sends itself sig
// and then exits with 0. The clone keeps the runtime's signal handler and the
// thread's signal stack; it leaves no core file.
//
//go:noinline
//go:norace
//go:nocheckptr
func forkProbe(sig uintptr) (pid uintptr, errno syscall.Errno) {
	var mask [16]byte
	flags, stack := cloneArguments()
	syscall.ForkLock.Lock()
	runtimeBeforeFork()
	pid, _, errno = syscall.RawSyscall6(unix.SYS_CLONE, flags, stack, 0, 0, 0, 0)
	if errno != 0 || pid != 0 {
		runtimeAfterFork()
		syscall.ForkLock.Unlock()
		return pid, errno
	}
	syscall.RawSyscall6(unix.SYS_PRCTL, unix.PR_SET_DUMPABLE, 0, 0, 0, 0, 0)
	pid, _, _ = syscall.RawSyscall(unix.SYS_GETPID, 0, 0, 0)
	syscall.RawSyscall(unix.SYS_KILL, pid, sig, 0) // blocked until the next line
	syscall.RawSyscall6(unix.SYS_RT_SIGPROCMASK, unix.SIG_SETMASK, uintptr(unsafe.Pointer(&mask)), 0, sigsetSize, 0, 0)
	for {
		syscall.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
	}
}
