package truth

// Sum is tested with three different numbers.
func Sum(list []int) int {
	total := 0
	for _, x := range list {
		total += x
	}
	return total
}

// Index is tested with a hit in the middle and a miss.
func Index(list []string, want string) int {
	for i, s := range list {
		if s == want {
			return i
		}
	}
	return -1
}

// Countdown would not end if it counted up.
func Countdown(n int) int {
	steps := 0
	for n > 0 {
		n--
		steps++
	}
	return steps
}

// FirstPositive is tested with a list in which 0 comes first.
func FirstPositive(list []int) int {
	found := 0
	for _, x := range list {
		if x <= 0 {
			continue
		}
		found = x
		break
	}
	return found
}

// Repeat builds a text.
func Repeat(s string, n int) string {
	out := ""
	for range n {
		out += s
	}
	return out
}
