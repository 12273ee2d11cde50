package agent

import _ "unsafe" // for go:linkname

// The clock of a hang is the runtime's own. time.Now stands still in a
// testing/synctest bubble whose goroutines run, and a loop there must end too.
//
//go:linkname nanotime runtime.nanotime
func nanotime() int64

// every is how many iterations pass between two looks at the clock.
const every = 64

// The state of the running test. It is written when a test begins and by every
// loop, without locks: see Tick. Processes that do not report have no limit: a
// helper that ended by itself would make its test fail, as if by an assertion.
var (
	ticks    uint64             // iterations since the test began
	pause    uint64 = unlimited // at this many, look closer; 0 in a recording
	running  string
	deadline int64 // by nanotime; before it no count is a hang
)

const unlimited = 1<<64 - 1

// begin starts the counts of a test, or of what runs before and after the
// tests. It must not be called in a recording, whose pause stays 0.
//
//go:norace
func begin(test string, l limit) {
	tellHang()
	running, deadline = test, nanotime()+l.floor
	ticks, pause = 0, unlimited
	closer, found = watch{}, 0
	if l.ticks > 0 {
		pause = l.ticks + 1
	}
}

// tellHang ends the process if the running test is past both its limits.
//
//go:norace
func tellHang() {
	if closer.looks > 0 {
		sendHang(running, ticks, outermost())
	}
}

// checkHang is called by iterations that may be past both limits. Where they are the
// next ones are looked at; then, or when the test ends before, the hang is told.
//
//go:norace
func checkHang() {
	now := nanotime()
	if now < deadline {
		pause = ticks + every
		return
	}
	pause = 0
	last := closer.next(now)
	if look(); last {
		tellHang()
	}
}
