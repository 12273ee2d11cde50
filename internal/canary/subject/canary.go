// Package canary is the subject on which every run proves itself. It is mutated,
// instrumented and built like the user's packages and lies, in the overlay, in
// every test binary.
package canary

// Below has a mutant that must be killed, as one of several behind one switch:
// its test tells < from <=.
func Below(n, limit int) bool { return n < limit }

// Twice has a mutant that must be killed, behind a switch of its own: its test
// tells << from >>.
func Twice(n int) int { return n << 1 }

// Set has a mutant that must be killed, a statement that goes: its test reads
// what was set.
func Set(place *int, n int) { put(place, n) }

func put(place *int, n int) { *place = n }

// Next has the mutant that must survive: its test takes any number above 0, which
// n-1 is too.
func Next(n int) int { return n + 1 }
