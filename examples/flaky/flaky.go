// Package flaky divides numbers. One of its tests fails now and then.
package flaky

// Half is n/2.
func Half(n int) int {
	return n / 2
}

// Third is n/3.
func Third(n int) int {
	return n / 3
}

// Slot is one of 1009 slots for n.
func Slot(n int) int {
	return n % 1009
}
