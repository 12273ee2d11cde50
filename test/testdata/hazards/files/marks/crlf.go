package marks

// Returns is in a file with carriage returns.
func Returns(n int) string {
	if n > 2 {
		return `a
b`
	}
	return ""
}
