package supervisor

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// disposition is the start of the kernel's struct sigaction, with room for
// the largest one; on all of Go's platforms but mips the handler is first.
type disposition struct {
	handler uintptr
	_       [7]uintptr
}

const (
	sigDefault = 0
	sigIgnore  = 1
	// sigsetSize is the kernel's (8 bytes; 16 on mips).
	sigsetSize = 8
)

// sigaction sets a signal's disposition and returns the former one; nil as
// next only asks. It goes around the runtime, which keeps its own view.
func sigaction(sig syscall.Signal, next *disposition) (old disposition, err error) {
	_, _, errno := syscall.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(sig),
		uintptr(unsafe.Pointer(next)), uintptr(unsafe.Pointer(&old)), sigsetSize, 0, 0)
	if errno != 0 {
		return old, errno
	}
	return old, nil
}

// setDefault makes sig do to this process what it does to any program, and
// forbids the core file that QUIT would leave in the user's directory.
func setDefault(sig syscall.Signal) bool {
	_ = syscall.Setrlimit(unix.RLIMIT_CORE, &syscall.Rlimit{})
	if _, err := sigaction(sig, &disposition{handler: sigDefault}); err != nil {
		return false
	}
	return unblock(sig) == nil
}

// unblock takes sig out of this thread's mask.
func unblock(sig syscall.Signal) error {
	var set unix.Sigset_t
	bits := uint(unsafe.Sizeof(set.Val[0])) * 8
	set.Val[(uint(sig)-1)/bits] |= 1 << ((uint(sig) - 1) % bits)
	return unix.PthreadSigmask(unix.SIG_UNBLOCK, &set, nil)
}
