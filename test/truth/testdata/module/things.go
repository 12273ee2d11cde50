package truth

import "strings"

// Counter counts words.
type Counter struct {
	seen  map[string]int
	total int
}

// Add is tested through Count and Total.
func (c *Counter) Add(word string) {
	if c.seen == nil {
		c.seen = map[string]int{}
	}
	c.seen[word]++
	c.total++
}

// Count tells how often a word came.
func (c *Counter) Count(word string) int { return c.seen[word] }

// Total tells how many words came.
func (c *Counter) Total() int { return c.total }

// Forget removes a word.
func (c *Counter) Forget(word string) {
	delete(c.seen, word)
}

// Has tells whether a word came.
func (c *Counter) Has(word string) bool {
	_, ok := c.seen[word]
	return ok
}

// Name is a text that is not asserted.
func (c *Counter) Name() string { return "counter" }

// Upper is tested with lower case.
func Upper(s string) string { return strings.ToUpper(s) }

// Command tells whether a line is a command.
func Command(line string) bool {
	return strings.HasPrefix(line, "/") && len(line) > 1
}

// Kind names a value's kind.
func Kind(v any) string {
	switch v.(type) {
	case int:
		return "int"
	case string:
		return "string"
	default:
		return "other"
	}
}

// Grade is never tested below 50.
func Grade(points int) string {
	switch {
	case points >= 90:
		return "A"
	case points >= 50:
		return "B"
	default:
		return "C"
	}
}

// Log calls back twice, the second time when it returns.
func Log(say func(string)) {
	defer say("end")
	say("begin")
}

// Safe catches a panic.
func Safe(f func()) (caught bool) {
	defer func() {
		if recover() != nil {
			caught = true
		}
	}()
	f()
	return false
}

// Largest works for any ordered type.
func Largest[T int | float64 | string](list ...T) T {
	var best T
	for i, x := range list {
		if i == 0 || x > best {
			best = x
		}
	}
	return best
}

// Middle cuts the first and the last byte off.
func Middle(s string) string {
	return s[1 : len(s)-1]
}

// Pipe sends its numbers and closes the channel.
func Pipe(list ...int) <-chan int {
	out := make(chan int, len(list))
	for _, x := range list {
		out <- x
	}
	close(out)
	return out
}
