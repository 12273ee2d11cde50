// Package dots imports into the file's own scope, and under other names.
package dots

import (
	. "math"
	text "strings"
)

func Hypotenuse(a, b float64) float64 { return Sqrt(a*a + b*b) }

func Lines(s string) int { return text.Count(s, "\n") + 1 }
