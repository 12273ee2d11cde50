// Package hang has loops whose mutants never end, and one whose mutant only looks
// as if it did not.
package hang

// Steps counts the steps of the Collatz sequence from n to 1.
func Steps(n int) int {
	steps := 0
	for {
		if n == 1 {
			break
		}
		n = next(n)
		steps++
	}
	return steps
}

func next(n int) int {
	if n%2 == 0 {
		return n / 2
	}
	return 3*n + 1
}

// Poll pauses until ready says yes, and tells how often it asked. Without the
// pause it asks many thousand times as often, and is right all the same.
func Poll(ready func() bool, pause func()) int {
	asked := 1
	for !ready() {
		pause()
		asked++
	}
	return asked
}
