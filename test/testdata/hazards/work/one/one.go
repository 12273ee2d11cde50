package one

func Sum(a, b int) int { return a + b }

func Product(a, b int) int { return a * b }
