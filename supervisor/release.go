package supervisor

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"
)

// strayLimit bounds how long the end of one child may wait for the ends of
// the processes that it left behind.
const strayLimit = time.Second

// release gives back what the child owned on this side: first what it left
// behind is killed, so that nothing writes into the sandbox any more, then the
// files are closed and the sandbox is removed.
func (h *Handle) release() {
	var errs []error
	if h.PID != 0 && subreaper.Load() {
		_, err := ReapStrays(strayLimit)
		errs = append(errs, err)
	}
	errs = append(errs, closeAll(h.Files))
	if err := h.removeSandbox(); err != nil {
		track(h)
		errs = append(errs, err)
	}
	h.renounce()
	h.releaseErr = errors.Join(errs...)
}

// removeSandbox may be called again after it failed.
func (h *Handle) removeSandbox() error {
	var err error
	switch {
	case h.remove != nil:
		err = h.remove()
	case h.SandboxDir != "":
		err = os.RemoveAll(h.SandboxDir)
	}
	if err != nil {
		return fmt.Errorf("release %d: %w", h.PID, err)
	}
	return nil
}

var (
	unreleasedLock sync.Mutex
	unreleased     []*Handle
)

func track(h *Handle) {
	unreleasedLock.Lock()
	defer unreleasedLock.Unlock()
	unreleased = append(unreleased, h)
}

// Unreleased returns the handles of children that have ended and been reaped
// but whose sandbox could not be removed. They are no part of the registry.
func Unreleased() []*Handle {
	unreleasedLock.Lock()
	defer unreleasedLock.Unlock()
	return slices.Clone(unreleased)
}

// RetryReleases tries once more to remove what Unreleased lists, and returns
// the errors of those that remain. It may be called at any time; a good one is
// shortly before the process ends.
func RetryReleases() error {
	unreleasedLock.Lock()
	defer unreleasedLock.Unlock()
	var errs []error
	unreleased = slices.DeleteFunc(unreleased, func(h *Handle) bool {
		err := h.removeSandbox()
		errs = append(errs, err)
		return err == nil
	})
	return errors.Join(errs...)
}
