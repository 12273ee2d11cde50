package tagged

func System(n int) int { return n * 2 }
