// Package ranges ranges over functions and whole numbers, and uses new builtins.
package ranges

import "iter"

func Evens(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i * 2) {
				return
			}
		}
	}
}

func SumOfEvens(n, limit int) (sum int) {
	for x := range Evens(n) {
		if x > limit {
			return sum
		}
		sum = sum + x
	}
	return sum
}

func Clamp(n, low, high int) int { return max(low, min(n, high)) + 0*n }

func Emptied(m map[string]int) int {
	before := len(m)
	clear(m)
	return before - len(m)
}
