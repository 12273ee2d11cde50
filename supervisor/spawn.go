package supervisor

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"syscall"
)

// ErrShuttingDown is what Spawn returns after Shutdown.
var ErrShuttingDown = errors.New("shutting down")

// Options says what Spawn starts. Only Path is needed.
type Options struct {
	// Path is the program. It is not searched in PATH; a relative path is
	// relative to Dir.
	Path string
	// Args are the arguments after the program's name, which is Path.
	Args []string
	// Env is the environment; nil is the environment of this process. Of
	// several values for one name the last counts, as in os/exec.
	Env []string
	// Dir is the working directory; "" is the one of this process.
	Dir string
	// Stdin, Stdout and Stderr become descriptors 0, 1 and 2; nil is the null
	// device. They stay the caller's, who closes them after Spawn.
	Stdin, Stdout, Stderr *os.File
	// ExtraFiles become descriptors 3, 4 and so on. None may be nil. They
	// stay the caller's, too. No other descriptor reaches the child: for an
	// inner child's sake all others of this process are marked close-on-exec.
	ExtraFiles []*os.File
	// Files are the parent's ends of the child's pipes. Spawn takes them
	// over: they are closed when the child is released, and when Spawn fails.
	Files []*os.File
	// SandboxDir is the child's scratch directory. Spawn takes it over like
	// Files: Release removes it or, if Release is nil, os.RemoveAll does.
	SandboxDir string
	// Release is called once, after the child has been reaped, its group has
	// been swept and Files have been closed; also when Spawn fails. If it
	// returns an error it is called again by RetryReleases. It must not wait
	// for this child.
	Release func() error
	// IsolateInChild selects the way into an own process group. True, for
	// inner children: the child is leader of its group before it runs any
	// code. False, for outer workers: the parent moves the child while it is
	// held between fork and exec, after it has been registered.
	IsolateInChild bool
	// Held, for outer workers, hears of the child when it has been registered and
	// moved and before it runs anything of its own; it must return at once. Until
	// Spawn returns it is the only way to a handle by which to end the child, which
	// may have been stopped while it was held.
	Held func(*Handle)
	// Fork, for inner children, is called to make the process: it may change attr,
	// and it calls fork, again if that failed, from whatever thread the process is
	// to be born of. It waits for nothing else. nil: fork is all there is to it.
	Fork func(attr *syscall.SysProcAttr, fork func() (int, error)) (int, error)
}

// startLock is held over {shutting down? start, register}, over every reaping
// and over every look for strays, so that whoever holds it finds each child
// of this process either registered or adopted, and none half started.
var (
	startLock    sync.Mutex
	shuttingDown bool
)

// Shutdown makes every later Spawn fail with ErrShuttingDown. When it returns,
// no Spawn is between its start and its registration: what Registry returns
// from now on is all there will ever be. It kills nothing.
func Shutdown() {
	startLock.Lock()
	defer startLock.Unlock()
	shuttingDown = true
}

// Spawn starts a child in a process group of its own and registers it. Any
// number of goroutines may call it. The caller owns the handle and must end
// it with Reap, ReapNonblock or Terminate.
//
// When it returns an error, no process is left, Files are closed and Release
// has been called.
func Spawn(o Options) (*Handle, error) {
	h := &Handle{
		Files: o.Files, SandboxDir: o.SandboxDir,
		outer: !o.IsolateInChild, remove: o.Release, announced: make(chan struct{}),
	}
	if err := h.start(&o); err != nil {
		err = fmt.Errorf("spawn %s: %w", o.Path, err)
		return nil, errors.Join(err, h.abandon())
	}
	return h, nil
}

// start brings the child to life; after an error it may be registered or not.
func (h *Handle) start(o *Options) error {
	files, closeNull, err := o.descriptors()
	if err != nil {
		return err
	}
	defer closeNull()
	defer runtime.KeepAlive(files)
	if o.IsolateInChild {
		return h.startInner(o, files)
	}
	return h.startOuter(o, files)
}

// abandon ends what a failed start left.
func (h *Handle) abandon() error {
	if h.PID == 0 { // never started, never announced
		h.announced = nil
		h.releaseOnce.Do(h.release)
		return h.releaseErr
	}
	_ = SignalGroup(syscall.SIGKILL, h)
	_, err := Reap(h)
	return err
}

// startInner starts a child that makes its own group before it runs.
func (h *Handle) startInner(o *Options, files []*os.File) error {
	fds, err := numbers(files)
	if err != nil {
		return err
	}
	attr := &syscall.ProcAttr{
		Dir: o.Dir, Env: o.environ(), Files: fds,
		Sys: &syscall.SysProcAttr{Setpgid: true},
	}
	err = h.startLocked(func() (int, error) {
		if err := seal(); err != nil {
			return 0, fmt.Errorf("seal descriptors: %w", err)
		}
		return o.fork(attr)
	})
	if err != nil {
		return err
	}
	// The child did this itself before it called execve, and the kernel
	// refuses it afterwards: a repetition for the case that neither is true.
	_ = syscall.Setpgid(h.PID, h.PID)
	h.announce()
	return nil
}

// fork makes an inner child.
func (o *Options) fork(attr *syscall.ProcAttr) (int, error) {
	fork := func() (int, error) {
		return unmasked(func() (int, error) { return syscall.ForkExec(o.Path, o.argv(), attr) })
	}
	if o.Fork == nil {
		return fork()
	}
	return o.Fork(attr.Sys, fork)
}

// startLocked runs fork and registers the child under the start lock.
func (h *Handle) startLocked(fork func() (int, error)) error {
	startLock.Lock()
	defer startLock.Unlock()
	if shuttingDown {
		return ErrShuttingDown
	}
	pid, err := fork()
	if err != nil {
		return err
	}
	h.PID, h.PGID = pid, pid
	Register(h)
	return nil
}
