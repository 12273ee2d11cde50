// Package assembly calls a neighbour in assembly, and is called by it.
package assembly

func add(a, b int) int

func Twice(a, b int) int { return add(a, b) * 2 }
