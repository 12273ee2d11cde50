// Package chaos is harmless. Its tests are not, as soon as one of its calls is
// missing: each function that takes a pin puts it in, and what the test holds goes
// off without it.
package chaos

// Countdown counts from n to 0. Two of its mutants count for ever.
func Countdown(n int) int {
	for n > 0 {
		n--
	}
	return n
}

// Sign is tested twice: mutants pass the first test and fail the second.
func Sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// Fork pins a fork bomb.
func Fork(pin func()) { pin() }

// ForkAway pins a fork bomb that leaves its process group.
func ForkAway(pin func()) { pin() }

// Allocate pins an allocation bomb.
func Allocate(pin func()) { pin() }

// LeaveWell pins os.Exit(0).
func LeaveWell(pin func()) { pin() }

// LeaveBadly pins os.Exit(3).
func LeaveBadly(pin func()) { pin() }

// Close pins the closing of all descriptors.
func Close(pin func()) { pin() }

// Scribble pins junk for all descriptors.
func Scribble(pin func()) { pin() }

// Print pins 100 MiB of output.
func Print(pin func()) { pin() }

// Strike pins a KILL for the own process group.
func Strike(pin func()) { pin() }

// Haunt pins a child that ignores signals and outlives its starter.
func Haunt(pin func()) { pin() }

// Escape pins such a child in a session of its own.
func Escape(pin func()) { pin() }

// Wait pins a child that ignores signals and never answers.
func Wait(pin func()) { pin() }
