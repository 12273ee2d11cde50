package mutate

import "testing"

func TestCallSwaps(t *testing.T) {
	checkWants(t, `package m

import (
	"errors"
	"reflect"
	"strings"
	"time"
)

func f(s, u string, err error, at time.Time, d time.Duration) bool {
	_ = strings.Index(s, u) // want call_swap: strings.LastIndex(s, u)
	_ = strings.Replace(s, u, "", -1)
	_ = strings.Replace(s, u, "", 2) // want call_swap: strings.ReplaceAll(s, u, "")
	_ = strings.ReplaceAll(s, u, "") // want call_swap: strings.Replace(s, u, "", 1)
	_ = !strings.EqualFold(s, u) // want call_swap: (s == u)
	_ = at.Add(d) // want call_swap: at.Add(-(d))
	_ = at.Before(at.Add(1)) // want call_swap: at.After(at.Add(1)) | call_swap: at.Add(-(1))
	if reflect.DeepEqual(s, u) { // want call_swap: true || (reflect.DeepEqual(s, u))
		return true
	}
	return errors.Is(err, err) // want call_swap: false && (errors.Is(err, err))
}
`, "call_swap")
}

func TestCalls(t *testing.T) {
	checkWants(t, `package m

import (
	"bytes"
	"net/url"
	"strings"
)

type point struct{ x int }

func (p point) scaled(n int) point { return p }
func (p *point) next() *point { return p }

type pair[T any] struct{ a, b T }

func of[T any](p pair[T]) T { return p.a }

func calls(s string, p point, q *point, g func(int) int, b []byte, u *url.URL) int {
	_ = strings.TrimSpace(s) // want call_unwrap: s | call_zero: ""
	_ = strings.TrimLeft(s + s, "x") // want call_unwrap: (s + s) | call_zero: ""
	_ = p.scaled(2) // want call_unwrap: p | call_zero: *new(point)
	_ = q.next().x // want call_unwrap: q
	_ = g(3) // want call_zero: 0
	_ = bytes.Clone(b) // want call_unwrap: func() []byte { _ = bytes.Clone; return b }() | call_zero: func() []byte { _ = bytes.Clone; return []byte(nil) }()
	_ = u.JoinPath("a") // want call_unwrap: u | call_zero: (*url.URL)(nil)
	_ = of(pair[int]{1, 2}) // want call_zero: 0
	strings.TrimSpace(s)
	go g(1)
	x := 5
	if g(x) > 0 { // want call_unwrap: x | call_zero: func() int { _ = x; return 0 }()
		return g(2)
	}
	_ = len(s) + int(3)
	return 0
}

func constant(p *point, f func() uint, g func() string, h func() point) {
	_ = f() - 1
	_ = f() + 1 // want call_zero: uint(0)
	_ = g()[3]
	_ = g()[3:]
	_ = h().x // want call_zero: (*new(point))
}

func generic[T any](f func() T) {
	x := f() // want call_zero: *new(T)
	_ = x
}
`, "call_unwrap", "call_zero")
}

func TestArguments(t *testing.T) {
	checkWants(t, `package m

func f(g func(a, b int, s string) int, v func(s string, more ...any) int, a, b int, s string) {
	_ = g(a, b, s) // want argument_swap: g(b, a, s)
	_ = g(a, a, s)
	_ = v(s, a, b) // want argument_swap: v(s, b, a)
	_ = v(s, s)
	_ = max(a, b)
	g(a, b, s)
}
`, "argument_swap")
}

func TestComposites(t *testing.T) {
	checkWants(t, `package m

type point struct{ x, y int }

var table = []int{1, 2, 3, 4} // want literal_composite: []int{2, 3, 4} | literal_composite: []int{1, 3, 4} | literal_composite: []int{1, 2, 4} | literal_composite: []int{}

func f(a, b int) {
	_ = point{x: a, y: b} // want literal_composite: point{y: b} | literal_composite: point{x: a}
	_ = point{x: a, y: 0} // want literal_composite: point{y: 0}
	_ = []point{{x: a, y: b}} // want literal_composite: []point{{y: b}} | literal_composite: []point{{x: a}} | literal_composite: []point{}
	_ = struct{ ok bool }{ok: false}
	e := 4
	_ = &point{x: e} // want literal_composite: func() *point { _ = e; return &point{} }()
	h := 5
	_ = map[int]*point{1: {x: h}} // want literal_composite: func() map[int]*point { _ = h; return map[int]*point{1: {}} }() | literal_composite: func() map[int]*point { _ = h; return map[int]*point{} }()
	_ = point{a, b}
	_ = [...]int{a, b}
	_ = []int{2: a}
	_ = map[int]int{1: a, 2: b} // want literal_composite: map[int]int{2: b} | literal_composite: map[int]int{1: a} | literal_composite: map[int]int{}
	c := 3
	_ = []int{c} // want literal_composite: func() []int { _ = c; return []int{} }()
	_ = []string{
		"a", // want literal_composite: []string{ "a", } | literal_composite: []string{ "b", } | literal_composite: []string{ }
		"b",
	}
}
`, "literal_composite")
}

func TestConversions(t *testing.T) {
	checkWants(t, `package m

func f(a int, b int16, u uint8, x float64) {
	_ = int64(a) // want conversion: int32(a)
	_ = int64(b)
	_ = uint8(a)
	_ = int32(a) // want conversion: int16(a)
	_ = float64(a) // want conversion: float32(a)
	_ = string(rune(a)) // want conversion: int16(a)
	_ = int(5)
}
`, "conversion")
}

func TestConstants(t *testing.T) {
	checkWants(t, `package m

const limit = 10 // want const_replace: 11 | const_replace: 9

const (
	red = 1 // want const_replace: 0
	green = 2 // want const_replace: 3
	blue = 5 // want const_replace: 6 | const_replace: 4
)

const most uint8 = 255 // want const_replace: 254

const (
	first = iota // want const_replace: iota + 1
	second
	third
	other = "x"
)

type kind int

const (
	one kind = iota + 1 // want const_replace: (iota + 1)
	two
	same = two
)

const (
	low = 1 << iota // want const_replace: (iota + 1)
	high
	_
	top = kind(iota) // want const_replace: iota + 1
	twice = iota * iota
)

const (
	zero = iota // mid would be two
	mid
	pair = 2 // want const_replace: 3
	more = iota + 9 // want const_replace: (iota + 1)
)

const (
	small uint8 = 255 - iota // want const_replace: (iota + 1)
	large uint8 = iota + 254 // there is no 256
)

const (
	north = iota // the array says how many there are
	south
	many
)

var names = [many]string{"north", "south"}

func f(k kind) {
	_ = limit
	_ = first // want const_replace: second
	_ = third // want const_replace: first
	_ = k == two // want const_replace: one
	switch k {
	case one:
	}
	_ = [third]int{}
	var array [3]int
	_ = array[second]
}
`, "const_replace")
}
