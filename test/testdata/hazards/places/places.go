// Package places uses a module that lies within its own.
package places

import "example.org/dep"

func Next(n int) int { return n + dep.One() }
