package infection

// Sum adds up two halves at the same time.
func Sum(list []int) int {
	half := len(list) / 2
	parts := make(chan int, 2)
	go func() { parts <- total(list[:half]) }()
	go func() { parts <- total(list[half:]) }()
	return <-parts + <-parts
}

func total(list []int) int {
	sum := 0
	for _, n := range list {
		sum += n
	}
	return sum
}

// Double is n + n.
func Double(n int) int {
	return n + n
}
