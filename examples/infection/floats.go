// Package infection is full of traps for a tool that leaves out tests in which a
// mutant made no difference: it must be right about what a difference is.
package infection

// Opposite is x with the other sign, also of zero.
func Opposite(x float64) float64 {
	return -x
}

// Less tells whether a is below b, which nothing is that is not a number.
func Less(a, b float64) bool {
	return a < b
}

// Add is a + b.
func Add(a, b float64) float64 {
	return a + b
}
