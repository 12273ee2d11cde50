package supervisor

import (
	"fmt"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The runtime keeps these three for programs that fork by themselves (see the
// comments at their definitions and go.dev/issue/67401).

//go:linkname runtimeBeforeFork syscall.runtime_BeforeFork
func runtimeBeforeFork()

//go:linkname runtimeAfterFork syscall.runtime_AfterFork
func runtimeAfterFork()

//go:linkname runtimeAfterForkInChild syscall.runtime_AfterForkInChild
func runtimeAfterForkInChild()

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

// launch is everything a held child needs, made before the fork.
type launch struct {
	path, dir    *byte // dir nil: stay
	argv, envv   []*byte
	sources      []uintptr // become 0, 1, 2, ... ; all numbers above that
	gate, report uintptr
	keep         []uintptr // sources, gate and report, ascending
	closeRange   bool
}

// program translates path, arguments, environment and directory.
func (l *launch) program(o *Options) (err error) {
	if l.path, err = syscall.BytePtrFromString(o.Path); err != nil {
		return fmt.Errorf("path %q: %w", o.Path, err)
	}
	if l.argv, err = pointers(o.argv()); err != nil {
		return err
	}
	if l.envv, err = pointers(o.environ()); err != nil {
		return err
	}
	if o.Dir != "" {
		if l.dir, err = syscall.BytePtrFromString(o.Dir); err != nil {
			return fmt.Errorf("directory %q: %w", o.Dir, err)
		}
	}
	return nil
}

// fork clones this process and, in the clone, runs the child. The memory is
// copied, not shared as syscall.ForkExec does it, because the parent has to go
// on while the child waits.
//
// Between the two runtime calls no other code of this process runs on this
// thread, no signal handler either. The child consists of this one thread: it
// may not allocate, lock, grow its stack or be rescheduled. Hence nothing but
// nosplit functions and raw system calls.
//
//go:noinline
//go:norace
//go:nocheckptr
func (l *launch) fork() (pid uintptr, errno syscall.Errno) {
	flags, stack := cloneArguments()
	syscall.ForkLock.Lock()
	runtimeBeforeFork()
	pid, _, errno = syscall.RawSyscall6(unix.SYS_CLONE, flags, stack, 0, 0, 0, 0)
	if errno != 0 || pid != 0 {
		runtimeAfterFork()
		syscall.ForkLock.Unlock()
		return pid, errno
	}
	runtimeAfterForkInChild() // handlers back to default
	l.child()
	return 0, 0 // not reached
}

// cloneArguments are the first two arguments of a clone that copies everything,
// as fork does.
func cloneArguments() (first, second uintptr) {
	if runtime.GOARCH == "s390x" { // clone(2): the two are swapped there
		return 0, uintptr(syscall.SIGCHLD)
	}
	return uintptr(syscall.SIGCHLD), 0
}

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
