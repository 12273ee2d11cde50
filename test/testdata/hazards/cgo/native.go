// Package cgo has a file that cgo rewrites, and one that it does not.
package cgo

// static int twice(int n) { return 2 * n; }
import "C"

func Native(n int) int { return int(C.twice(C.int(n))) + 1 }

func Beside(n int) int { return n - 1 }
