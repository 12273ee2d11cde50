package supervisor

import (
	"fmt"
	"os"
	"syscall"
)

// startOuter starts a child in the group of this process. This platform
// cannot hold a child between fork and exec, and refuses to move it after
// execve, so the child has to move itself, with OwnGroup, when its parent
// tells it on the command pipe to go ahead. Until then signals reach it by pid.
func (h *Handle) startOuter(o *Options, files []*os.File) error {
	fds, err := numbers(files)
	if err != nil {
		return err
	}
	attr := &syscall.ProcAttr{Dir: o.Dir, Env: o.environ(), Files: fds}
	err = h.startLocked(func() (int, error) {
		if err := seal(); err != nil {
			return 0, fmt.Errorf("seal descriptors: %w", err)
		}
		return syscall.ForkExec(o.Path, o.argv(), attr)
	})
	if err != nil {
		return err
	}
	h.announce()
	return nil
}
