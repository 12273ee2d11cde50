package truth

// Clamp is tested at both edges.
func Clamp(x, lo, hi int) int {
	if x < lo {
		return lo
	}
	if x > hi {
		return hi
	}
	return x
}

// Sign is never tested with 0.
func Sign(x int) int {
	if x > 0 {
		return 1
	}
	if x < 0 {
		return -1
	}
	return 0
}

// Area's test looks at one square only.
func Area(width, height int) int { return width * height }

// Perimeter's test looks at a flat rectangle.
func Perimeter(width, height int) int {
	return 2*width + 2*height
}

// Even is tested with an even and an odd number.
func Even(n int) bool { return n%2 == 0 }

// Mask keeps the low four bits.
func Mask(x uint) uint { return x & 15 }

// Flags joins two flags that never overlap.
func Flags(a, b uint) uint { return a | b }

// Double shifts.
func Double(x int) int { return x << 1 }

// Untested is never called.
func Untested(a, b int) int {
	if a < b {
		return b - a
	}
	return a - b
}

// Between is called, but nobody looks at what it says.
func Between(x, lo, hi int) bool {
	return x >= lo && x <= hi
}
