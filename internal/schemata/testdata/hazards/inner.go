package p

import "fmt"

// What a mutant computes beside the original must not fail because a mutant
// inside the original keeps that from failing.

func CaseSum() string {
	list, i := []int{1, 2, 3}, 2
	return fmt.Sprint(list[i] + list[i+1])
}

func CaseCompare() string {
	list, i := []int{1, 2, 3}, 2
	return fmt.Sprint(list[i] < list[i+1])
}
