package marks

// Bom is in a file that begins with a byte order mark.
func Bom(n int) int { return n + 1 }
