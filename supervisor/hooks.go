package supervisor

import "sync/atomic"

var spawnHook, releaseHook atomic.Pointer[func(*Handle)]

// OnSpawn sets the function that hears of every child, nil for none. It runs
// in the goroutine that called Spawn, after the child has been registered and,
// for outer children, before the child runs its first instruction after the
// gate. An inner child runs at once: between its start and the hook lies a
// window of microseconds in which the hook's listener does not know it. If
// this process is killed in that window, the child is found all the same by
// the nearest subreaper above, see ReapStrays.
//
// A worker announces its children to the Runner this way. The function must
// not wait long (give its pipe a write deadline): Spawn waits for it.
// Call OnSpawn before the first Spawn.
func OnSpawn(f func(*Handle)) { setHook(&spawnHook, f) }

// OnRelease sets the function that hears, after everything of a child has
// been released, that the child is no more; nil for none. Every child that
// OnSpawn heard of is heard of once more here, always later, in the goroutine
// that released it. The pid may belong to another process by then.
func OnRelease(f func(*Handle)) { setHook(&releaseHook, f) }

func setHook(hook *atomic.Pointer[func(*Handle)], f func(*Handle)) {
	if f == nil {
		hook.Store(nil)
		return
	}
	hook.Store(&f)
}

func runHook(hook *atomic.Pointer[func(*Handle)], h *Handle) {
	if f := hook.Load(); f != nil {
		(*f)(h)
	}
}

// announce tells the OnSpawn hook of a child that has just been registered.
func (h *Handle) announce() {
	defer close(h.announced)
	runHook(&spawnHook, h)
}

// renounce tells the OnRelease hook, never before announce is done.
func (h *Handle) renounce() {
	if h.announced == nil {
		return
	}
	<-h.announced
	runHook(&releaseHook, h)
}
