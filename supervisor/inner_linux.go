package supervisor

import (
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// unmasked runs start with no signal blocked in its thread: a child inherits
// the mask of the thread that starts it.
func unmasked(start func() (int, error)) (int, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var none, old unix.Sigset_t
	if err := unix.PthreadSigmask(unix.SIG_SETMASK, &none, &old); err != nil {
		return 0, err
	}
	defer func() { _ = unix.PthreadSigmask(unix.SIG_SETMASK, &old, nil) }()
	return start()
}

// seal marks every descriptor above 2 of this process close-on-exec, so that
// an inner child gets none but its own. Go opens them so; what a process got
// from its own parent (a worker's pipes) is not marked.
func seal() error {
	err := unix.CloseRange(3, 1<<32-1, unix.CLOSE_RANGE_CLOEXEC)
	if err == syscall.ENOSYS || err == syscall.EINVAL { // before Linux 5.11
		return sealOneByOne()
	}
	return err
}
