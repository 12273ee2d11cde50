package agent

import "sync/atomic"

// reached counts one mutant's site. Every execution adds one to equal or to
// different; different until shown otherwise, so that a panic while the original
// is evaluated counts as a difference. settled counts those that were shown to
// be equal after all. One atomic addition each: recordings are slow enough.
type reached struct{ equal, different, settled uint64 }

// Is says whether mutant n is active. In a recording it counts n as reached and
// infected: nothing is known about what the mutant would have done.
func (p *Package) Is(n int32) bool {
	if p.record {
		p.note(n)
	}
	return n == p.active
}

// Active is Is without the count, for a site that has counted n already.
func (p *Package) Active(n int32) bool { return n == p.active }

// Wants says whether what mutant n would give must be known: it is active, or
// this is a recording.
func (p *Package) Wants(n int32) bool { return p.record || n == p.active }

// Same tells a recording that the site of mutant n, counted by Is just before,
// has the value o as it is and m when mutated, and returns o. With it a site
// whose original may not be evaluated when the mutant is active still knows
// infection:
//
//	evilution_is(7) || evilution_same(7, cond, true)
func Same[T any](p *Package, n int32, o, m T) T {
	if p.record && identical(o, m) {
		p.settle(n)
	}
	return o
}

// Tick counts one iteration of a loop in function f. It ends the process when the
// test is past its limits.
//
// The count is not atomic: an iteration lost to another goroutine costs a hang
// that is seen a little later, an atomic one costs every loop.
//
//go:norace
func (p *Package) Tick(f int32) {
	ticks++
	if ticks >= pause {
		p.tock(f)
	}
}

//go:norace
//go:noinline
func (p *Package) tock(f int32) {
	if p.record {
		atomic.AddUint64(&p.loops[f].open, 1)
		return
	}
	checkHang()
}

// Call counts one call of function f like an iteration. With it a stretch of
// iterations ends, and another one begins.
//
//go:norace
func (p *Package) Call(f int32) {
	ticks++
	begun = ticks
	if ticks >= pause {
		p.called(f)
	}
}

//go:norace
//go:noinline
func (p *Package) called(f int32) {
	if p.record {
		p.loops[f].close(1)
		return
	}
	checkHang()
}

//go:noinline
func (p *Package) note(n int32) { atomic.AddUint64(&p.reach[n].different, 1) }

//go:noinline
func (p *Package) settle(n int32) { atomic.AddUint64(&p.reach[n].settled, 1) }
