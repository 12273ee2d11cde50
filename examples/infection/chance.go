package infection

// Side is 1 in even microseconds and 2 in odd ones.
func Side(microseconds int64) int {
	if microseconds%2 == 0 {
		return 1
	}
	return 2
}

// Any is a key with a value above zero, "" if there is none.
func Any(m map[string]int) string {
	for key, n := range m {
		if n > 0 {
			return key
		}
	}
	return ""
}
