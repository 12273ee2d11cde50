// Package units has no tests of its own: those of the package above judge it.
package units

// Factors are made when the program starts.
var Factors = map[string]int{
	"k": 1000,
	"m": 1000 * 1000,
}

// Scale multiplies a number by a unit's factor.
func Scale(n int, unit string) int {
	factor, ok := Factors[unit]
	if !ok {
		return n
	}
	return n * factor
}
