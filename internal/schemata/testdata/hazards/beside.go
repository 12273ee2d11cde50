package p

import (
	"fmt"
	"strings"
)

// Small functions that call nothing: their copies stand beside them.

type point struct {
	x, y int
	name string
}

func (p point) X() int                                { return p.x + 1 }
func (p *point) Move(dx, _ int) *point                { p.x += dx; return p }
func (point) Two() int                                { return 2 }
func (_ *point) Three(int, string) int                { return 3 }
func (p *point) Name() (name string)                  { name = p.name; return }
func (p *point) Y() int/* after */ { return p.y * 2 } // a comment behind
func (p *point) Set(y int)                            { p.y = y + 1 }
func (p point) IsNamed(names ...string) bool {
	return len(names) > 1 && strings.HasPrefix(p.name, names[1])
}

func CaseMethods() string {
	p := &point{1, 2, "name"}
	p.Move(3, 4).Set(7)
	var none *point
	return fmt.Sprint(p.X(), p.Y(), p.Two(), none.Three(1, ""), p.Name(), p.IsNamed(), p.IsNamed("a", "na"), (*point).Y(p))
}

type pair[A comparable, B any] struct {
	first  A
	second B
}

func (p pair[A, B]) First() A     { return p.first }
func (p *pair[K, _]) Is(k K) bool { return p.first == k }
func (pair[A, B]) Size() int      { return 2 }
func most[T int | float64](a, b T) T {
	if a > b {
		return a
	}
	return b
}
func pick[_ any, T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

func CaseGeneric() string {
	p := &pair[string, int]{"a", 1}
	return fmt.Sprint(p.First(), p.Is("a"), p.Is("b"), p.Size(), most(1, 2), most(2.5, 1), pick[int](true, 1, 2))
}

func sum(
	first int, // a comment
	rest ...int,
) (total int, err error) {
	total, n := first, 1
	for _, x := range rest {
		total += x * n
	}
	return total, err
}

func shadow(string int, len uint8) uint8 {
	if string > 1 {
		return len + 1
	}
	return len
}

func CaseParameters() string {
	a, _ := sum(1)
	b, _ := sum(1, []int{2, 3}...)
	return fmt.Sprint(a, b, shadow(1, 2), shadow(2, 3))
}

func at(list []int, i int) int {
	return list[i] +
		list[i+1]
}

func CaseLineOfPanic() string { return fmt.Sprint(at([]int{1, 2, 3}, 1), at([]int{1, 2, 3}, 2)) }

func whoAmI() int { return here() + 1 }

func caller() int { return whoAmI() }

func CaseCallers() string { return fmt.Sprint(caller(), whoAmI()) }

func saved() (v any) { v = recover(); return }

func even(n int) bool { return n == 0 || odd(n-1) }
func odd(n int) bool  { return n != 0 && even(n-1) }

func CaseRecover() (s string) {
	defer func() { s = fmt.Sprint("recovered ", saved(), recover(), even(4)) }()
	panic(1)
}
