//go:build !special

package tagged

func part(n int) int { return n - 1 }
