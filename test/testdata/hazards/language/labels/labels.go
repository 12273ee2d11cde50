// Package labels jumps.
package labels

// Row is the first row with a value above limit.
func Row(table [][]int, limit int) int {
	found := -1
rows:
	for i, row := range table {
		for _, x := range row {
			if x > limit {
				found = i
				break rows
			}
			if x < 0 {
				continue rows
			}
		}
	}
	return found
}

// Factorial goes back by goto.
func Factorial(n int) int {
	result := 1
again:
	if n > 1 {
		result = result * n
		n--
		goto again
	}
	return result
}

// Word falls through.
func Word(n int) (s string) {
	switch {
	case n > 9:
		s = "ten"
		fallthrough
	case n < 0:
		s += "!"
	default:
		s = "digit"
	}
	return s
}
