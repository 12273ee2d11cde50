package sandbox

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Pipe is the parent's end of a pipe from a child.
//
// Its end of file cannot be waited for: descendants of the child may hold the
// other end for ever. So the reader reads in a goroutine of its own, and once
// the child has ended another goroutine calls Finish: what the child wrote is in
// the pipe by then, the reader gets it, and then io.EOF. Of a child that has ended
// soon nobody need have read before: then nobody calls Listen, and Read comes after
// Finish.
type Pipe struct {
	fd       int
	file     *os.File // of fd, to wait for bytes; nil before Listen
	emptying bool     // the reader's own: Finish was noticed
	left     int      // bytes the reader may still take after that
}

// NewPipe makes a pipe and returns both ends. The writer's end blocks, as a
// child expects of its descriptors; the caller closes it once the child has it.
// Both are closed on exec.
func NewPipe() (*Pipe, *os.File, error) {
	var fds [2]int
	if err := pipe(&fds); err != nil {
		return nil, nil, fmt.Errorf("make pipe: %w", err)
	}
	if err := unix.SetNonblock(fds[0], true); err != nil {
		_, _ = unix.Close(fds[0]), unix.Close(fds[1])
		return nil, nil, fmt.Errorf("make pipe: %w", err)
	}
	return &Pipe{fd: fds[0]}, os.NewFile(uintptr(fds[1]), "pipe to parent"), nil
}

// Listen lets Read wait for bytes. It is called before the reader begins.
func (p *Pipe) Listen() { p.file = os.NewFile(uintptr(p.fd), "pipe from child") }

// Read reads as io.Reader says, after Listen or Finish. One goroutine may read.
func (p *Pipe) Read(b []byte) (int, error) {
	if !p.emptying {
		if p.file != nil {
			n, err := p.file.Read(b)
			if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
				return n, err
			}
		}
		if err := p.empty(); err != nil {
			return 0, err
		}
	}
	if p.left == 0 {
		return 0, io.EOF
	}
	// We are the only reader, so these bytes are there and nothing blocks.
	n, err := p.take(b[:min(len(b), p.left)])
	p.left -= n
	return n, err
}

// take reads bytes that are there.
func (p *Pipe) take(b []byte) (int, error) {
	if p.file != nil {
		return p.file.Read(b)
	}
	for {
		n, err := unix.Read(p.fd, b)
		if err != unix.EINTR {
			return max(n, 0), err
		}
	}
}

// empty notes how much the pipe holds now. No more is read, so that a
// descendant which goes on writing cannot keep the reader.
func (p *Pipe) empty() (err error) {
	if p.left, err = p.waiting(); err != nil {
		return fmt.Errorf("empty pipe: %w", err)
	}
	p.emptying = true
	if p.file == nil {
		return nil
	}
	return p.file.SetReadDeadline(time.Time{})
}

// Finish tells the reader to take what is in the pipe and then to end; it may be
// called at any time by any goroutine, also more than once.
func (p *Pipe) Finish() {
	if p.file != nil {
		_ = p.file.SetReadDeadline(time.Unix(1, 0)) // fails only on a closed pipe
	}
}

// Close closes the pipe; a Read under way ends with an error.
func (p *Pipe) Close() error {
	if p.file != nil {
		return p.file.Close()
	}
	fd := p.fd
	p.fd = -1 // the number may be another file's now
	return unix.Close(fd)
}

// waiting returns how many bytes the pipe holds.
func (p *Pipe) waiting() (n int, err error) {
	if p.file == nil {
		return unix.IoctlGetInt(p.fd, fionread)
	}
	raw, err := p.file.SyscallConn()
	if err != nil {
		return 0, err
	}
	if e := raw.Control(func(fd uintptr) { n, err = unix.IoctlGetInt(int(fd), fionread) }); e != nil {
		return 0, e
	}
	return n, err
}
