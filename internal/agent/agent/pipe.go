package agent

import (
	"sync"
	"syscall"
)

// results is the way to the worker.
var results = pipe{fd: -1}

// pipe is the writing end of the result pipe in the first process.
type pipe struct {
	mu    sync.Mutex // one frame at a time
	fd    int        // -1: this process reports nothing
	pid   int        // a copy of the process made by fork alone must not write
	token string
	dev   uint64 // what the descriptor was when it was handed over
	ino   uint64
	held  []byte // frames that go out with the next one
}

// open takes over the descriptor named by the decimal number low. It is left
// alone if it is no pipe: then the variable was meant for another process.
func (p *pipe) open(low, token string) {
	n, ok := number(low)
	if !ok || n > 1<<20 {
		return
	}
	var st syscall.Stat_t
	if syscall.Fstat(int(n), &st) != nil || st.Mode&syscall.S_IFMT != syscall.S_IFIFO {
		return
	}
	p.fd = raise(int(n))
	p.pid, p.token = syscall.Getpid(), token
	p.dev, p.ino = uint64(st.Dev), st.Ino
	_ = syscall.SetNonblock(p.fd, false)
}

// raise moves a descriptor out of the way and makes it close-on-exec. It stays
// below 64: beyond that Linux grows the table of descriptors, and a process that
// has threads waits for all processors when it does so (measured: 8 ms).
func raise(low int) int {
	const least = 56
	fd, _, e := syscall.Syscall(syscall.SYS_FCNTL, uintptr(low), syscall.F_DUPFD_CLOEXEC, least)
	if e != 0 {
		syscall.CloseOnExec(low)
		return low
	}
	_ = syscall.Close(low)
	return int(fd)
}

// hold keeps a frame that another follows at once: together they wake the worker
// once.
func (p *pipe) hold(frame []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = append(p.held, frame...)
}

// send writes one frame whole, behind those that are held.
func (p *pipe) send(frame []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.write(frame)
}

// last writes one frame and ends the process, so that no other follows it.
func (p *pipe) last(frame []byte, code int) {
	p.mu.Lock()
	p.write(frame)
	syscall.Exit(code)
}

// write writes one frame, with mu held. Whoever cannot report must not go on as
// if all were well: the process ends when the worker is gone, or when the tests
// have closed or replaced the descriptor.
func (p *pipe) write(frame []byte) {
	if syscall.Getpid() != p.pid {
		return
	}
	if !p.intact() {
		broken("the result pipe was closed by the code under test")
	}
	frame = append(p.held, frame...)
	p.held = nil
	for len(frame) > 0 {
		n, err := syscall.Write(p.fd, frame)
		if n > 0 {
			frame = frame[n:]
		}
		switch err {
		case nil, syscall.EINTR:
		case syscall.EAGAIN: // somebody made it non-blocking again
			_ = syscall.SetNonblock(p.fd, false)
		default:
			broken("write result: " + err.Error())
		}
	}
}

// intact says whether the descriptor is still what was handed over.
func (p *pipe) intact() bool {
	var st syscall.Stat_t
	return syscall.Fstat(p.fd, &st) == nil && uint64(st.Dev) == p.dev && st.Ino == p.ino
}
