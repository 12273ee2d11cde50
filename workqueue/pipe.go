package workqueue

import (
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// drainLimit bounds what one flush may read, many times what a pipe holds: a
// process that got hold of the pipe and never stops writing must not keep the
// queue from ending its worker.
const drainLimit = 1 << 20

// pipe is the reading end of a pipe from a worker. It can be asked, from
// another goroutine and while a Read waits, to tell when everything that was
// in the pipe has been read. This is how a result that is ready beats a
// deadline, and how the last words of a dead worker are heard without waiting
// for an end of file that its descendants may hold back.
type pipe struct {
	f *os.File
	// dry is called by Read when a flush has found the pipe empty; if it returns
	// false the stream ends there. partial tells that a frame was begun.
	dry      func(partial bool) (more bool)
	draining bool
	drained  int
	got      int64 // bytes read
	taken    int64 // bytes of whole frames
}

// flush makes the reader read all there is and then call dry. A second flush
// must wait for the answer to the first. The error is that of a closed file,
// whose reader ends anyway.
func (p *pipe) flush() error { return p.f.SetReadDeadline(time.Now()) }

// Read belongs to the one reading goroutine.
func (p *pipe) Read(b []byte) (int, error) {
	for {
		n, err := p.read(b)
		p.got += int64(n)
		switch {
		case n > 0:
			return n, nil
		case errors.Is(err, os.ErrDeadlineExceeded):
			p.draining, p.drained = true, 0
			_ = p.f.SetReadDeadline(time.Time{}) // it may be closed: the next read tells
		case errors.Is(err, unix.EAGAIN):
			p.draining = false
			if !p.dry(p.got > p.taken) {
				return 0, io.EOF
			}
		case err != nil:
			return 0, err
		default:
			return 0, io.EOF
		}
	}
}

// read waits for bytes, or only takes what is there while draining.
func (p *pipe) read(b []byte) (int, error) {
	if !p.draining {
		return p.f.Read(b)
	}
	if p.drained >= drainLimit {
		return 0, unix.EAGAIN
	}
	n, err := readNow(p.f, b)
	p.drained += n
	return n, err
}

// readNow reads without waiting: unix.EAGAIN where there is nothing.
func readNow(f *os.File, b []byte) (n int, err error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return 0, err
	}
	failed := conn.Read(func(fd uintptr) bool {
		n, err = unix.Read(int(fd), b)
		for err == unix.EINTR {
			n, err = unix.Read(int(fd), b)
		}
		return true
	})
	if failed != nil {
		return 0, failed
	}
	return max(n, 0), err
}
