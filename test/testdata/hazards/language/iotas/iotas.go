// Package iotas has constants, whose mutants need builds of their own.
package iotas

const (
	None = iota
	One  = iota * 2
	Two
	Size = 1 << (iota + 1)
)

var table = [Two + 1]int{One: 7}

func At(i int) int { return table[i] + Size }
