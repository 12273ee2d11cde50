package two

import "example.com/one"

func Next(n int) int { return one.Sum(n, 2) - 1 }
