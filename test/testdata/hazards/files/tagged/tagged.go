// Package tagged has files for some builds.
package tagged

func Value(n int) int { return part(n) }
