package workqueue

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"github.com/evilution-go/evilution-go/internal/frame"
)

// lowest is the first number for descriptors that the worker took over, out of
// the way of the fixed ones.
const lowest = 10

// listen reads commands, one after the other, also while an item runs: that is
// how the death of the Runner is noticed.
func (s *server) listen() error {
	defer close(s.commands)
	frames := frame.NewReader(s.in, frame.Cap)
	var j joiner
	for {
		raw, err := frames.Next()
		if err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, os.ErrClosed) {
				return nil
			}
			return err
		}
		m, whole, err := j.next(raw)
		switch {
		case err != nil:
			return err
		case !whole:
			continue
		}
		select {
		case s.commands <- m:
		case <-s.ended:
			return nil
		}
	}
}

// own moves a descriptor that came with the process out of reach: children do
// not inherit it, and a read of it can be ended by closing it.
func own(f *os.File) (*os.File, error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return nil, err
	}
	fd, failed := -1, error(nil)
	err = conn.Control(func(old uintptr) {
		if fd, failed = unix.FcntlInt(old, unix.F_DUPFD_CLOEXEC, lowest); failed == nil {
			failed = unix.SetNonblock(fd, true)
		}
	})
	if err := errors.Join(err, failed); err != nil {
		return nil, fmt.Errorf("take over %s: %w", f.Name(), err)
	}
	return os.NewFile(uintptr(fd), f.Name()), f.Close()
}
