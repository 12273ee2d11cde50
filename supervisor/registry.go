package supervisor

import (
	"slices"
	"sync"
	"sync/atomic"
)

// The registry is copy-on-write: writers build a new slice under registryLock
// and swap it in, readers take the current one without waiting for anybody.
var (
	registryLock sync.Mutex
	registered   atomic.Pointer[[]*Handle]
)

// Registry returns the handles of all children that were started and not yet
// reaped, oldest first. It is a snapshot: it never changes, and taking it
// never waits, whatever else is going on.
func Registry() []*Handle { return slices.Clone(snapshot()) }

// snapshot is the registry's own slice, for reading only.
func snapshot() []*Handle {
	if p := registered.Load(); p != nil {
		return *p
	}
	return nil
}

// Register records a child that was started elsewhere, so that SignalAll and
// KillAndReapAll reach it. Spawn registers its children itself.
func Register(h *Handle) {
	swap(func(old []*Handle) []*Handle { return append(slices.Clone(old), h) })
}

// Unregister drops the handle of a pid without touching the process. An
// unknown pid changes nothing. Reaping does it too, so only those who called
// Register for a process that they reap themselves need it.
func Unregister(pid int) {
	swap(func(old []*Handle) []*Handle {
		return slices.DeleteFunc(slices.Clone(old), func(h *Handle) bool { return h.PID == pid })
	})
}

// forget drops exactly this handle; the kernel may have given its pid to a
// later child already.
func forget(gone *Handle) {
	swap(func(old []*Handle) []*Handle {
		return slices.DeleteFunc(slices.Clone(old), func(h *Handle) bool { return h == gone })
	})
}

// ResetForChild makes this process own nothing, whatever the registry says,
// and lets it start children again. It is for the first lines of a process
// that begins as a copy of another one.
func ResetForChild() {
	startLock.Lock()
	defer startLock.Unlock()
	swap(func([]*Handle) []*Handle { return nil })
	shuttingDown = false
}

// isRegistered reports whether a pid belongs to a handle of the registry.
func isRegistered(pid int) bool {
	return slices.ContainsFunc(snapshot(), func(h *Handle) bool { return h.PID == pid })
}

// swap replaces the snapshot by change(snapshot); change must not write to
// the slice it is given.
func swap(change func([]*Handle) []*Handle) {
	registryLock.Lock()
	defer registryLock.Unlock()
	next := change(snapshot())
	registered.Store(&next)
}
