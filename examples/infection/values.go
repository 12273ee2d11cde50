package infection

// Passes tells whether points are enough.
func Passes(points int) bool {
	return points >= 50
}

// Exceeds tells whether n/d is above limit; nothing is where d is 0.
func Exceeds(n, d, limit int) bool {
	return d != 0 && n/d > limit
}

// Rest is s without its first n bytes.
func Rest(s string, n int) string {
	s = s[n:]
	return s
}

// Name is the name that is used for s.
func Name(s string) string {
	if s == "" {
		return "nobody"
	}
	return s
}

// Empty is list without its elements, for appending to the same array.
func Empty(list []int) []int {
	return list[:0]
}

// Head is the first n elements of list, or all.
func Head(list []int, n int) []int {
	if n >= len(list) {
		return list
	}
	return list[:n]
}
