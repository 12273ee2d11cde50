// Package links is linked to by name.
package links

import _ "unsafe" // for go:linkname

//go:linkname pushed example.com/files/links.pulled
func pushed(n int) int { return n + 1 }

func pulled(n int) int

//go:noinline
func Both(n int) int { return pulled(n) * 2 }

//go:nosplit
func Promised(n int) int { return n - 1 }
