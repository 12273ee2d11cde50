package p

import (
	"errors"
	str "strings"
)

// Where a value is wanted, and of which type.

type named int
type pair struct{ a, b int }
type shape interface{ area() int }
type stack[T any] struct{ items []T }

var (
	typed         int64 = 3
	tuple, second       = 1, 2
	list                = []int{1, 2: 5, 3}
	table               = map[string]int{"a": 1, "b": 2}
	fixed               = [...]string{0: "x", 2: "y"}
	point               = pair{1, 2}
	keyed               = &pair{a: 1, b: 2}
	ready               = len(list) > 2 && table["a"] == 1
	fn                  = func(n int) int { return n + 1 }
)

const width = 1 + 2

func variadic(first int, rest ...int64) int { return first + len(rest) }

func generic[T any](x T, n int) T { return x }

func many() (int, error) { return 1, nil }

func contexts(c chan int64, p *pair, s []int, m map[named]bool, b byte) (out int64, err error) {
	variadic(1, 2, 3)
	variadic(1, []int64{4}...)
	generic[int64](5, 6)
	generic("x", 7)
	c <- 8
	_ = 9
	var a, d int64 = 1, 2
	p.a, p.b = 3, 4
	p.a += 5
	m[6] = true
	x := pair{1, 2}
	y := []pair{{1, 2}, {a: 3}}
	z := map[named]pair{1: {2, 3}}
	s[1] = s[2] << 3
	s = s[1:2:3]
	e := 1 << b
	f := [2]int{1, 2}[1]
	_, _, _, _, _ = x, y, z, e, f
	if n := variadic(2); n > 3 {
		return 4, errors.New("five")
	}
	return a + d, nil
}

func shadowed(a, b int) (bool, string) {
	type bool = string
	int := a < b
	if int {
		return true, "yes"
	}
	return int, "no"
}

func shadowedPanic(n int) int {
	panic := n
	for n > 0 {
		n -= panic
	}
	return n
}

func floats(a, b float64, c complex128) (bool, float64, bool) {
	return a < b, a/b + 1/2*a, c == 1
}

func interfaces(a, b any, s shape, f func() int) bool {
	if a == b || s != nil && s.area() > 3 || f == nil {
		return a != nil
	}
	return !(a == 1)
}

func conversions(n int, t string, p *int) (byte, string, []byte, [2]int) {
	return byte(n + 1), string(t[0]) + t[1:], []byte(t + "x"), [2]int([]int{n, *p})
}

func order(p *int, s []int, get func(int) int) int {
	*p, s[0] = get(1)+*p, get(2)-s[1]
	return *p + get(*p*2) + s[get(0)] + (*p - 1)
}

func receive(a, b chan int) bool {
	n := 1
	add := func() { n++ }
	add()
	return <-a+n > <-b-n && n > 2
}

func comparisons(a, b [2]any, c, d pair, e, f [2]int, g, h struct{ x any }) bool {
	return a == b && c == d || e == f != (g == h)
}

// Statements.

func labels(n int) int {
outer:
	for i := 0; i < n; i++ {
		for j := range i {
			if j == 3 {
				continue outer
			}
			if j > 5 {
				break outer
			}
		}
	}
	if n > 3 {
		goto done
	}
	n++
again:
	n--
	if n > 1 {
		goto again
	}
done:
	return n
}

func selects(a, b chan int, stop chan struct{}) (n int) {
loop:
	for {
		select {
		case n = <-a:
			n++
		case v, ok := <-b:
			v, more := v+1, ok
			if !more {
				break loop
			}
			n += v
		case a <- n + 1:
		case <-stop:
			return n * 2
		default:
			n--
			if n < 0 {
				break
			}
		}
	}
	return n
}

func switches(v any, n int) (s string) {
	switch x := v.(type) {
	case int:
		x, y := x+1, 2
		n = x + y
	case string, error:
		s = "text"
	case nil:
	default:
		_ = x
		n++
	}
	switch n := n + 1; n {
	case 1, 2:
		s += "a"
		fallthrough
	case 3 + width:
		s += "b"
	case variadic(4):
		s += "c"
	default:
		s += "d"
	}
	switch {
	case n > 5 && s == "":
		return "e"
	case n < 2:
		s = str.Repeat(s, 2)
	}
	return s
}

func results(n int) (err error, count int) {
	m, err := many()
	if err != nil {
		return err, m
	}
	count, k := m, 2
	defer func() {
		if r := recover(); r != nil {
			err, count = errors.New("recovered"), count+k
		}
	}()
	func() {
		defer cleanup(1)
		n, err := many()
		_, _ = n, err
	}()
	go cleanup(2)
	return nil, count
}

func cleanup(n int) {}

func closures(list []func(int) bool) (found []int) {
	for i, f := range list {
		if f(i) && func(n int) bool { n++; return n > 1 }(i) {
			found = append(found, i)
			continue
		}
		sort := func(a, b int) bool {
			for a < b {
				a++
			}
			return a > b
		}
		_ = sort
	}
	return found
}

func decrements(n, m int) int {
	for i, j := 0, n; i < j; i, j = i+1, j-1 {
		m--
	}
	for n > 0 {
		n--
	}
	for range 3 {
		m |= n &^ 1
	}
	var local int
	{
		local := n
		local++
	}
	if n == 0 {
	} else if m > 1 {
		local = 2
	} else {
		local = 3
	}
	return local
}

func directive(n int) int {
	//go:noinline
	k := n + 1 //
	return k   /* end */
}

//go:nosplit
func pinnedDown(n int) int { return n + 1 }

//go:noinline
func notInlined(n int) int { return n + 1 }

// Copies beside their functions.

func (p pair) sum() int            { return p.a + p.b }
func (p *pair) set(n int)          { p.a = n }
func (pair) zero() bool            { return 0 == 1 }
func (s *stack[T]) size() int      { return len(s.items) + 1 }
func (*stack[T]) none() int        { return 1 + 2 }
func (n named) big() bool          { return n > 3 }
func keep[T, _ any](x T) bool      { return 1 > 2 }
func both[A, B any](a A, b B) bool { return 1 > 2 }
func unnamed(int, _ string) int    { return 1 + 2 }
func last(xs ...int) int           { return xs[len(xs)-1] }
func trimmed(s string) bool        { return str.HasPrefix(s, "a") && s != "b" }
func mapped(s string) bool         { return str.ContainsFunc(s, nil) && s != "b" }
func recovered() bool              { return recover() == nil }
func nested(n int) int             { return leaf(n) + 1 }
func leaf(n int) int               { return n * 2 }
func itself(n int) int {
	if n > 0 {
		return itself(n - 1)
	}
	return 0
}
func called(f func() int) int { return f() + 1 }
func sends(c chan int)        { c <- 1 + 2 }
func ranged(seq func(yield func(int) bool)) (n int) {
	for x := range seq {
		n += x
	}
	return n
}
func twice(n int) {
	if n > 1 {
		return
	}
	cleanup(n)
}

func init() { cleanup(1) }

func empty() {}

// What panics in the same cases only as long as nothing inside it is changed.

func eager(s []int, i int) int { return s[i+1] * 2 }

func lazily(s []int, i int) bool { return s[i+1] > 2 && s[i-1] < 3 }

func texts(s string, b []byte) (string, named) {
	if s < "a" || string(b) == s+"b" {
		return s[1:], named(len(b) / 2)
	}
	return "c" + s, 3
}

func jumps(n int) {
	if n > 1 {
		goto end
	}
	for n < 3 {
		n++
		if n == 2 {
			goto end
		}
	}
end:
	cleanup(n)
}

func spinning(c chan bool) {
	for range c {
	}
}

func eagerAlone(s []int, i, j int) int { return s[i] + s[j] }
