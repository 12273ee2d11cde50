package p

import (
	"fmt"
	"strings"
)

// Functions that call each other and nothing else: their twins, and where they
// are entered.

// value reads a list of digits and lists: [1[23]].
func value(text string, i int) (end int, sum int, ok bool) {
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ':
			continue
		case c == '[':
			return list(text, i+1)
		case isDigit(c):
			return i + 1, int(c - '0'), true
		default:
			return i, 0, false
		}
	}
	return i, 0, false
}

func list(text string, i int) (end int, sum int, ok bool) {
next:
	if i = skip(text, i); i < len(text) && text[i] == ']' {
		return i + 1, sum, true
	}
	i, n, ok := value(text, i)
	if !ok || !spend() {
		return i, sum, false
	}
	sum += n
	goto next
}

func skip(text string, i int) int {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func Read(text string) (sum int, ok bool) {
	end, sum, ok := value(text, 0)
	return sum, ok && end == len(text)
}

func CaseParser() (s string) {
	for _, text := range []string{"[1[2 3]4]", "[]", "7", " [ 8 ]", "[1", "[x]", "", "1]"} {
		s += fmt.Sprintln(Read(text))
	}
	return s
}

// There are no loops in what follows, so that nothing has to bound them.

func factorial(n int) int {
	if n <= 1 || n > 20 {
		return 1
	}
	return n * factorial(n-1)
}

type base struct{ n int }

func (b *base) Add(n int) *base     { b.n = plus(b.n, n); return b }
func (b base) Twice() int           { return plus(b.n, b.n) }
func (base) Unnamed(int, _ int) int { return plus(1, 1) }
func (b base) Both(other base) int  { return (b.Twice()) + (base).Twice(other) + b.Unnamed(1, 2) }
func (b base) Least(_ int) int      { return b.Unnamed(b.Twice(), b.n) }
func (b *base) Down(_, n int) int {
	if n > 0 && n < 9 {
		return b.Add(n).Down(0, n-1)
	}
	return b.n
}

type derived struct {
	base
	name string
}

func (d *derived) Sum() int      { return d.Add(1).Add(plus(2, 3)).Twice() + d.Both(d.base) + d.Least(1) }
func (d *derived) Named() string { return strings.Repeat(d.name, d.Twice()) }

type summer interface{ Sum() int }

func plus(
	a, // the first
	b int,
) int {
	return a + b
}

func CaseMethods() string {
	d := &derived{base{1}, "x"}
	var s summer = d
	f, g := d.Twice, (*derived).Sum
	return fmt.Sprint(s.Sum(), f(), g(d), d.Named(), factorial(5), d.Down(1, 3))
}

type tree[K int | string] struct {
	left, right *tree[K]
	key         K
}

func (t *tree[K]) insert(key K) *tree[K] {
	if t == nil {
		return leaf(key)
	}
	if less(key, t.key) {
		t.left = t.left.insert(key)
	} else {
		t.right = t.right.insert(key)
	}
	return t
}

func (t *tree[K]) has(key K) bool {
	return t != nil && (t.key == key || less(key, t.key) && t.left.has(key) || t.right.has(key))
}

func (t *tree[_]) size() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.size() + t.right.size()
}

func leaf[K int | string](key K) *tree[K] { return &tree[K]{key: key} }
func less[K int | string](a, b K) bool    { return order(a, b) < 0 }
func order[K int | string](a, b K) int    { return pick(a < b, -1, pick(a > b, 1, 0)) }
func pick[T any](first bool, a, b T) T    { return map[bool]T{true: a, false: b}[first] }
func grown(t *tree[string], keys ...string) *tree[string] {
	if len(keys) == 0 {
		return t
	}
	return grown(t.insert(keys[0]), keys[1:]...)
}

func CaseGeneric() string {
	t := grown(nil, "b", "a", "c")
	return fmt.Sprint(t.size(), t.has("a"), t.has("d"), order(2, 1), less(1, 2), leaf(1).insert(2).size())
}

func at(list []int, i int) int {
	return list[i] +
		list[i+1]
}

func ends(list []int) int {
	first := at(list, 0)
	at := at(list, len(list)-1) // fails, and the name means something else from here
	return first + at
}

func quotient(a, b int) int { return a / b }

func mean(list ...int) int { return quotient(at(list, 0), len(list)-2) }

func CasePanicInside() string  { return fmt.Sprint(ends([]int{1, 2, 3})) }
func CaseDivideInside() string { return fmt.Sprint(mean(4, 5)) }
func CaseRecovered() (s string) {
	defer func() { s = fmt.Sprint(recover(), place(), mean(4, 5, 6)) }()
	return fmt.Sprint(ends([]int{4, 5}))
}

var early = plus(factorial(3), 1) + late

var late = quotient(plus(5, 5), 2)

func CaseInitialised() string { return fmt.Sprint(early, late) }

// The functions below call one that asks who called.

func asks(n int) int { return n + here() }

func loud(n int) int {
	if n > 0 {
		return asks(n) + plus(n, 1)
	}
	return plus(n, 2) + louder(1)
}

func louder(n int) int { return loud(n) + 1 }

func CaseLoud() string { return fmt.Sprint(loud(0), louder(2)) }
