package sandbox

import "golang.org/x/sys/unix"

// fionread asks for the number of bytes that wait in a pipe.
const fionread = unix.TIOCINQ

// pipe makes a pipe whose ends are closed on exec.
func pipe(fds *[2]int) error { return unix.Pipe2(fds[:], unix.O_CLOEXEC) }
