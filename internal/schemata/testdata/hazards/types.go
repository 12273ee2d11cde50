package p

import (
	"fmt"
	"math"
	"os"
	"strings"
)

// Types that a switch must keep, and names that mean something else.

type flag bool

func less(a, b int) flag { return flag(a < b) }

func CaseNamedBool() string {
	var f flag = 1 < 2
	var x, y = 3, 4
	f = x < y
	g := !f && less(y, x)
	if f {
		return fmt.Sprintf("%t %v", f, g)
	}
	return fmt.Sprint(g, any(f) == any(true))
}

type level uint8

const (
	low level = iota + 1
	mid
	high
)

func (l level) String() string {
	if l == low {
		return "low"
	}
	return fmt.Sprintf("level %d", uint8(l)*10)
}

func CaseNamedInt() string {
	l := mid
	l = l + 1
	return fmt.Sprint(l, l > mid, high-l, low)
}

func CaseUntyped() string {
	var f float64 = 3
	x := 1 / 2 * f
	var b byte = 'a' + 1
	var d = 1<<3 | 1
	var i8 int8 = -100
	return fmt.Sprint(x, b, d, i8-100, f*1.5+2, 'a'+1, 7/2, 7/2.0)
}

func CaseFloat() string {
	z := 0.0
	n := math.NaN()
	return fmt.Sprint(z*-1 == 0, 1/(z*-1), n == n, n != n, z < 1, complex(z, 1)*2)
}

func CaseText() string {
	s := "a" + strings.Repeat("b", 2)
	return fmt.Sprint(s < "b", s+"c" == "abbc", s[1:] > "a", string(s[0])+"!")
}

func max3[T int | float64 | string](a, b, c T) T {
	if a > b && a > c {
		return a
	}
	if b > c {
		return b
	}
	return c
}

type stack[T any] struct {
	items []T
	limit int
}

func (s *stack[T]) push(v T) (ok bool) {
	if len(s.items) >= s.limit {
		return false
	}
	s.items = append(s.items, v)
	return true
}

func (s *stack[T]) pop() (T, bool) {
	var zero T
	if len(s.items) == 0 {
		return zero, false
	}
	v := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

func sum[S ~[]E, E int | int64](s S) (n E) {
	for _, v := range s {
		n += v * 2
	}
	return n
}

func CaseGenerics() string {
	s := stack[string]{limit: 2}
	out := fmt.Sprint(s.push("a"), s.push("b"), s.push("c"))
	v, ok := s.pop()
	return out + fmt.Sprint(v, ok, max3(1, 3, 2), max3("x", "y", "z"), max3(2.5, 1, 0), sum([]int{1, 2}))
}

type myError struct{ code int }

func (e *myError) Error() string { return fmt.Sprint("code ", e.code) }

func check(n int) error {
	if n > 1 {
		return &myError{n}
	}
	var none *myError
	if n == 1 {
		return none
	}
	return nil
}

func CaseTypedNil() string {
	return fmt.Sprint(check(0) == nil, check(1) == nil, check(2), check(2) != nil)
}

type pair struct{ a, b any }

func CaseStructs() string {
	p, q := pair{1, "x"}, pair{1, "x"}
	arr := [3]int{1, 2, 3}
	brr := arr
	brr[1]++
	p.a = 2
	return fmt.Sprint(p == q, arr == brr, p != q, arr[len(brr)-1])
}

func CaseShadowed() string {
	true := false
	len := func(s string) int { return 42 }
	int := "int"
	nil := 3
	panic := func(v any) string { return fmt.Sprint("no panic ", v) }
	size := func(s string) (n interface{}) {
		if s == "int" {
			return len(s) - 1
		}
		return nil
	}
	if size(int) == 41 {
		return "shadowed"
	}
	if len(int) > 3 == true {
		return panic(nil + 1)
	}
	return panic(int + "!")
}

func CaseShadowedPackage() string {
	strings := []string{"x"}
	if len(strings) > 0 {
		return strings[0] + fmt.Sprint(len(strings) == 1)
	}
	return os.DevNull
}

func CaseLocalTypes() string {
	type local struct{ n int }
	l := local{n: 2}
	f := func(x local) local { x.n = x.n * 3; return x }
	if l.n > 1 && f(l).n > 2 {
		return fmt.Sprint(f(l).n - 1)
	}
	return "none"
}

func CaseBuiltins() string {
	s := make([]int, 2, 8)
	t := append(s, 1)
	n := copy(t, []int{5, 6})
	m := map[string]int{"a": 1}
	delete(m, "a")
	clear(s)
	return fmt.Sprint(len(t), cap(s) > 2, n, len(m) == 0, min(n, 3)+max(1, n))
}

func CaseRaw() string {
	s := `line one
	line two ` + "x"
	if strings.Contains(s, `
	line`) {
		return fmt.Sprint(len(s), here())
	}
	return "none"
}
