package plan

import (
	"cmp"
	"time"
)

// Bounds of the iteration limit: a hang has gone round hangFactor times as often
// as the same test made the function go round, at least minTicks times, for
// hangTime times as long as that test took without being recorded, at least minHang.
// Count alone lies: a poll loop whose sleep was removed spins a hundred million times
// and passes. A test that calls the function a million times would let a loop without
// end go round a hundred million times. So the longest that one call went round counts
// in the same way, with the time that this call has taken, all of the test's and more.
const (
	hangFactor = 100
	minTicks   = 100_000
	hangTime   = 3
	minHang    = 100 * time.Millisecond
)

// A test that has done nothing for idleTime times as long as it took, and at least
// minIdle, waits for what never comes, most likely.
const (
	idleTime = 5
	minIdle  = 250 * time.Millisecond
)

// A mutant may use as much memory and as many processes as its tests did several
// times over, and never less than what an ordinary program needs.
const (
	leastMemory    = 1 << 30
	leastProcesses = 256
	usageFactor    = 4
)

// process lists tests with the limits that follow from what they took.
func (p Policy) process(b *Binary, tests []*test, f FuncKey) Process {
	proc := Process{Package: b.Package}
	proc.Limits.Memory = p.memory(b)
	proc.Limits.Processes = max(leastProcesses, usageFactor*b.Processes)
	for _, t := range tests {
		proc.Tests = append(proc.Tests, t.name)
		proc.Limits.Tests = append(proc.Limits.Tests, Loop{
			Ticks:   ticks(t.trace.Ticks[f]),
			Stretch: ticks(t.trace.Longest[f]),
			Floor:   max(minHang, hangTime*cmp.Or(t.clean, t.duration)),
			Wall:    p.wall(t),
			Idle:    p.idle(t),
		})
	}
	proc.Limits.Outside = ticks(b.outside.Ticks[f])
	proc.Limits.Wall = p.wall(tests...)
	return proc
}

// wall is the wall clock that tests get.
func (p Policy) wall(tests ...*test) time.Duration {
	return p.TimeoutFloor + time.Duration(p.TimeoutFactor*float64(sum(tests)))
}

// idle is how long a test may do nothing. It may have waited all its time without a
// mutant, too.
func (p Policy) idle(t *test) time.Duration {
	if idle := max(minIdle, idleTime*t.duration); idle < p.wall(t)/2 {
		return idle
	}
	return 0
}

// memory is the bound that follows from what the binary needs, as long as all
// workers together leave a quarter of the machine alone.
func (p Policy) memory(b *Binary) int64 {
	bound := max(leastMemory, usageFactor*b.Peak)
	if share := p.Memory / 4 * 3 / int64(max(p.Jobs, 1)); p.Memory > 0 {
		bound = min(bound, share)
	}
	return bound
}

// ticks is the limit that follows from what the dry runs counted.
func ticks(seen uint64) uint64 { return max(minTicks, hangFactor*seen) }

func sum(tests []*test) time.Duration {
	var d time.Duration
	for _, t := range tests {
		d += t.duration
	}
	return d
}
