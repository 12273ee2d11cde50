package sandbox

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// fionread asks for the number of bytes that wait in a pipe: _IOR('f', 127,
// int) of sys/filio.h.
const fionread = 0x4004667f

// pipe makes a pipe whose ends are closed on exec; the lock keeps a fork out of
// the moment between.
func pipe(fds *[2]int) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := unix.Pipe(fds[:]); err != nil {
		return err
	}
	unix.CloseOnExec(fds[0])
	unix.CloseOnExec(fds[1])
	return nil
}
