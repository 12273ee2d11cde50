package sandbox

import "time"

// Limits bound one child and all its descendants together. A field that is 0
// sets no bound, except where it says otherwise.
type Limits struct {
	// Wall is how long the child may take from its start to its end. Who runs
	// it enforces it and has a default.
	Wall time.Duration
	// Fair says that the time in which the child waits for a processor does not count
	// for Wall, as far as the platform tells and up to three times Wall. It is for
	// children that run alone: what others run beside is not theirs then.
	Fair bool
	// Memory is in bytes: what the family occupies on its own, in memory or
	// swapped out, without the pages of files.
	Memory int64
	// Processes counts the child, its descendants and their zombies.
	Processes int
	// Output is how many bytes of output are kept, DefaultOutput if 0. More
	// is dropped and costs the child nothing.
	Output int
}

// Bound names what a child passed; "" is nothing.
type Bound string

// The bounds that a Watch reports.
const (
	Memory    Bound = "memory"
	Processes Bound = "processes"
)

// Usage is what a family used at one moment or, field by field, at most.
type Usage struct {
	Memory    int64 // bytes, as in Limits
	Processes int
}

const (
	// FirstSample is when a Watch should look for the first time after the
	// child's start: most children are gone by then, and cost nothing.
	FirstSample = 10 * time.Millisecond

	peekEvery  = 5 * time.Millisecond   // two short reads
	countEvery = 40 * time.Millisecond  // a look at the whole family
	countMost  = 100 * time.Millisecond // even if a look is slow
	dutyCycle  = 10                     // a look may take a tenth of the time
	recheck    = time.Second            // a look at every process of the system
	manyForks  = 32                     // new processes that call for a look now
	peekMost   = 10 * time.Millisecond  // then it is due after this, even if it is slow

	leastRoom = 512 // processes or threads that a cage always has room for

	manyMembers = 16 // a family of this size gets the lowest priority
	lowest      = 19
	manyOutside = 16 // with so many outside its group it is stopped to be counted
	mostThawed  = 16 // then so many go on at a time,
	fewThawed   = 8  // or so many if stopping them took longer than this:
	slowStop    = 10 * time.Millisecond
	standstill  = 500 * time.Millisecond // for no longer than this before all are found
)

// room is how many processes a cage has room for where the bound is most.
func room(most int) int { return max(2*most, leastRoom) }
