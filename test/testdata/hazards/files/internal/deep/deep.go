// Package deep is tested by another package only.
package deep

func Down(n int) int { return n - 1 }
