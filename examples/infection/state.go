package infection

import "sync"

var (
	once  sync.Once
	evens [10]int
	last  int
)

// Even is the even number with the index n, from 0 to 9.
func Even(n int) int {
	once.Do(fill)
	return evens[n]
}

func fill() {
	for n := range evens {
		evens[n] = n + n
	}
}

// Ticket is the next number, from 1 on.
func Ticket() int {
	last++
	return last
}

// Odd draws a ticket and tells whether its number is odd.
func Odd() bool {
	return Ticket()%2 == 1
}
