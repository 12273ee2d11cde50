package supervisor

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What follows runs in the clone, between fork and exec; see fork for what it
// must not do.

// Indexes of stages.
const (
	stageClose = iota + 1
	stageGate
	stageFiles
	stageDir
	stageExec
)

// reportSize is the size of a report: stage and errno, native uint32 each.
const reportSize = 8

// oldLimit is how many descriptors are closed one by one where the kernel has
// no close_range.
const oldLimit = 4096

// child is what the clone does. It does not return.
//
//go:nosplit
//go:norace
//go:nocheckptr
func (l *launch) child() {
	resetSignals()
	stage, errno := uint32(stageClose), l.closeOthers()
	if errno == 0 {
		stage, errno = stageGate, l.passGate()
	}
	if errno == 0 {
		stage, errno = stageFiles, l.setUpFiles()
	}
	if errno == 0 && l.dir != nil {
		stage = stageDir
		_, _, errno = syscall.RawSyscall(unix.SYS_CHDIR, uintptr(unsafe.Pointer(l.dir)), 0, 0)
	}
	if errno == 0 {
		stage = stageExec
		_, _, errno = syscall.RawSyscall(unix.SYS_EXECVE, uintptr(unsafe.Pointer(l.path)),
			uintptr(unsafe.Pointer(&l.argv[0])), uintptr(unsafe.Pointer(&l.envv[0])))
	}
	report := [2]uint32{stage, uint32(errno)}
	syscall.RawSyscall(unix.SYS_WRITE, l.report, uintptr(unsafe.Pointer(&report)), reportSize)
	for {
		syscall.RawSyscall(unix.SYS_EXIT_GROUP, 127, 0, 0)
	}
}

// resetSignals unblocks all signals, and makes those by which a parent tells a
// worker to end work even if they were ignored when the program was started.
// (What HUP means in there is nohup's affair.)
//
//go:nosplit
//go:norace
//go:nocheckptr
func resetSignals() {
	var action disposition
	for _, sig := range [...]syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT} {
		syscall.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(sig), uintptr(unsafe.Pointer(&action)), 0, sigsetSize, 0, 0)
	}
	var mask [2 * sigsetSize]byte
	syscall.RawSyscall6(unix.SYS_RT_SIGPROCMASK, unix.SIG_SETMASK, uintptr(unsafe.Pointer(&mask)), 0, sigsetSize, 0, 0)
}

// closeOthers closes every descriptor but the child's own: a held child must
// not keep the ends of other pipes open.
//
//go:nosplit
//go:norace
func (l *launch) closeOthers() syscall.Errno {
	next := uintptr(0)
	for _, fd := range l.keep {
		if errno := l.closeFrom(next, fd); errno != 0 {
			return errno
		}
		next = fd + 1
	}
	return l.closeFrom(next, 1<<32-1)
}

// closeFrom closes the descriptors from first up to, but not including, end.
//
//go:nosplit
//go:norace
func (l *launch) closeFrom(first, end uintptr) syscall.Errno {
	if first >= end {
		return 0
	}
	if l.closeRange {
		_, _, errno := syscall.RawSyscall(unix.SYS_CLOSE_RANGE, first, end-1, 0)
		return errno
	}
	for fd := first; fd < end && fd < oldLimit; fd++ {
		syscall.RawSyscall(unix.SYS_CLOSE, fd, 0, 0)
	}
	return 0
}

// passGate waits for the parent's byte. The end of the pipe is the end of the
// parent or of its interest.
//
//go:nosplit
//go:norace
//go:nocheckptr
func (l *launch) passGate() syscall.Errno {
	var key byte
	for {
		n, _, errno := syscall.RawSyscall(unix.SYS_READ, l.gate, uintptr(unsafe.Pointer(&key)), 1)
		switch {
		case errno == syscall.EINTR:
		case errno != 0:
			return errno
		case n == 0:
			return syscall.ECANCELED
		default:
			return 0
		}
	}
}

// setUpFiles gives the child's descriptors their numbers. The copies, unlike
// their sources, stay open over execve.
//
//go:nosplit
//go:norace
func (l *launch) setUpFiles() syscall.Errno {
	for i, fd := range l.sources {
		for {
			_, _, errno := syscall.RawSyscall(unix.SYS_DUP3, fd, uintptr(i), 0)
			if errno == 0 {
				break
			}
			if errno != syscall.EINTR {
				return errno
			}
		}
	}
	return 0
}
