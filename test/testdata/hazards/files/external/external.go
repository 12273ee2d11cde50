// Package external is tested from outside, by way of a file for tests inside.
package external

func hidden(n int) int { return n * 3 }
