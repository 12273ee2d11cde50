package supervisor

import (
	"fmt"
	"runtime"
	"syscall"
	_ "unsafe" // for linkname

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
