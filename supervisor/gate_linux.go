package supervisor

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// startLimit bounds the time between the opening of the gate and the child's
// execve. Only a child that somebody stops in between comes near it. (A
// variable for the test that does.)
var startLimit = 10 * time.Second

// stages of a held child, as it reports them when one of them goes wrong.
var stages = [...]string{"", "close descriptors", "wait at the gate", "set up descriptors", "chdir", "exec"}

// gate holds a child between fork and exec. The parent makes it, forks,
// registers and moves the child, and then either opens the gate or closes it,
// by which the child ends without having run anything.
type gate struct {
	launch launch
	child  []int    // descriptors that are the child's alone, closed by enter
	key    *os.File // one byte written here lets the child go on
	report *os.File // what went wrong in the child; EOF: nothing
}

// startOuter starts a child that stays in the group of this process until it
// has been registered, and that runs nothing before it has been moved.
func (h *Handle) startOuter(o *Options, files []*os.File) error {
	g, err := newGate(o, files)
	if err != nil {
		return err
	}
	defer g.close()
	if err := h.startLocked(g.enter); err != nil {
		return err
	}
	err = syscall.Setpgid(h.PID, h.PID)
	h.announce()
	if err != nil { // nothing has called execve yet: a refusal is no race
		return fmt.Errorf("setpgid %d: %w", h.PID, err)
	}
	if o.Held != nil {
		o.Held(h)
	}
	return g.open(o.Dir)
}

// newGate prepares all that the child needs, because it may not allocate.
func newGate(o *Options, files []*os.File) (*gate, error) {
	g := &gate{}
	if err := g.prepare(o, files); err != nil {
		g.close()
		return nil, err
	}
	return g, nil
}

func (g *gate) prepare(o *Options, files []*os.File) error {
	if err := g.launch.program(o); err != nil {
		return err
	}
	wait, key, err := os.Pipe()
	if err != nil {
		return err
	}
	defer wait.Close()
	g.key = key
	report, tell, err := os.Pipe()
	if err != nil {
		return err
	}
	defer tell.Close()
	g.report = report
	return g.reserve(append(slices.Clone(files), wait, tell), len(files))
}

// reserve duplicates the child's descriptors to numbers above all those that
// they will have in the child, so that setting them up overwrites none of them.
func (g *gate) reserve(files []*os.File, targets int) error {
	fds, err := numbers(files)
	if err != nil {
		return err
	}
	for _, fd := range fds {
		own, err := unix.FcntlInt(fd, unix.F_DUPFD_CLOEXEC, targets)
		if err != nil {
			return fmt.Errorf("dup: %w", err)
		}
		g.child = append(g.child, own)
		g.launch.sources = append(g.launch.sources, uintptr(own))
	}
	l := &g.launch
	l.keep = slices.Sorted(slices.Values(l.sources))
	l.gate, l.report = l.sources[targets], l.sources[targets+1]
	l.sources = l.sources[:targets]
	l.closeRange = closeRangeWorks()
	return nil
}

// enter forks. The child waits at the gate from then on.
func (g *gate) enter() (int, error) {
	pid, errno := g.launch.fork()
	g.closeChild()
	if errno != 0 {
		return 0, fmt.Errorf("clone: %w", errno)
	}
	return int(pid), nil
}

// open lets the child go on and waits until it has called execve, or returns
// what went wrong in it. A child that was killed before that has started as
// far as this function is concerned: its exit tells the rest.
func (g *gate) open(dir string) error {
	if _, err := g.key.Write([]byte{1}); err != nil && !errors.Is(err, syscall.EPIPE) {
		return fmt.Errorf("open the gate: %w", err)
	}
	if err := g.report.SetReadDeadline(time.Now().Add(startLimit)); err != nil {
		return err
	}
	var message [reportSize]byte
	switch n, err := io.ReadFull(g.report, message[:]); {
	case err == io.EOF:
		return nil
	case err != nil:
		return fmt.Errorf("wait for exec: %d bytes: %w", n, err)
	}
	stage := binary.NativeEndian.Uint32(message[:])
	errno := syscall.Errno(binary.NativeEndian.Uint32(message[4:]))
	if stage == stageDir {
		return fmt.Errorf("chdir %s: %w", dir, errno)
	}
	return fmt.Errorf("%s: %w", stages[stage], errno)
}

// close gives back the gate's descriptors. A child that still waits at the
// gate sees the end of its pipe and exits.
func (g *gate) close() {
	g.closeChild()
	for _, f := range []*os.File{g.key, g.report} {
		if f != nil {
			_ = f.Close()
		}
	}
}

func (g *gate) closeChild() {
	for _, fd := range g.child {
		_ = syscall.Close(fd)
	}
	g.child = nil
}

// closeRangeWorks asks the kernel once, with a range in which nothing can be
// open. close_range exists since Linux 5.9.
var closeRangeWorks = sync.OnceValue(func() bool {
	const beyond = 1<<32 - 1
	return unix.CloseRange(beyond, beyond, 0) == nil
})
