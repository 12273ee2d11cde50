package agent

import _ "unsafe" // for go:linkname

// The clock of a hang is the runtime's own. time.Now stands still in a
// testing/synctest bubble whose goroutines run, and a loop there must end too.
//
//go:linkname nanotime runtime.nanotime
func nanotime() int64

// Iterations between two looks at the clock: where only time is missing to the limit of
// all of them, and where a stretch may be beyond its own at any time.
const (
	every = 64
	often = 4096
)

// The state of the running test. It is written when a test begins and by every
// loop, without locks: see Tick. Processes that do not report have no limit: a
// helper that ended by itself would make its test fail, as if by an assertion.
var (
	ticks    uint64             // iterations since the test began
	begun    uint64             // of these when the function was called last
	pause    uint64 = unlimited // at this many, look closer; 0 in a recording
	running  string
	bound    limit
	deadline int64 // by nanotime; before it no count of all iterations is a hang
	stretch  span  // as it was at the last look
)

// span is a stretch of iterations: those since one call of the function.
type span struct {
	before  uint64 // iterations
	since   int64  // when it was seen first, by nanotime
	tooLong bool
}

const unlimited = 1<<64 - 1

// begin starts the counts of a test, or of what runs before and after the
// tests. It must not be called in a recording, whose pause stays 0.
//
//go:norace
func begin(test string, l limit) {
	tellHang()
	now := nanotime()
	running, bound, deadline = test, l, now+l.floor
	ticks, begun, stretch = 0, 0, span{since: now}
	closer, found = watch{}, 0
	pause = nextLook()
}

// nextLook is the number of iterations at which the next look is due.
//
//go:norace
func nextLook() (at uint64) {
	at = unlimited
	switch {
	case bound.ticks > 0 && ticks <= bound.ticks:
		at = bound.ticks + 1
	case bound.ticks > 0:
		at = ticks + every
	}
	if bound.stretch > 0 {
		at = min(at, ticks+often)
	}
	return at
}

// tooMany tells whether the test is past a limit, in iterations and in time.
//
//go:norace
func tooMany(now int64) bool {
	if bound.ticks > 0 && ticks > bound.ticks && now >= deadline {
		return true
	}
	if n := begun; n != stretch.before {
		stretch = span{before: n, since: now}
	}
	stretch.tooLong = bound.stretch > 0 && ticks-stretch.before > bound.stretch && now-stretch.since >= bound.floor
	return stretch.tooLong
}

// tellHang ends the process if the running test is past its limits.
//
//go:norace
func tellHang() {
	if closer.looks == 0 {
		return
	}
	n := ticks
	if stretch.tooLong {
		n -= stretch.before
	}
	sendHang(running, n, stretch.tooLong, outermost())
}

// checkHang is called by iterations that may be past the limits. Where they are the
// next ones are looked at; then, or when the test ends before, the hang is told.
//
//go:norace
func checkHang() {
	now := nanotime()
	if closer.looks == 0 && !tooMany(now) {
		pause = nextLook()
		return
	}
	pause = 0
	last := closer.next(now)
	if look(); last {
		tellHang()
	}
}
