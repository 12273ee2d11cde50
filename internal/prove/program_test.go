package prove

// Random functions and their mutants are run by a program of two files: prelude with the
// functions, and driver with the list of the pairs.

const prelude = `
import (
	"errors"
	"fmt"
	"strings"
)

type node struct {
	n    int8
	text string
	next *node
}

var (
	glob   int8
	weight float64
	errA   = errors.New("a")
	_      = strings.HasPrefix
)

func (p *node) get() int8 { if p == nil { return 0 }; return p.n }
func (p *node) ok(n int8) bool { return p.n == n && p.next != nil }
func get(p *node) int8 { return p.n }
func twice(n int8) int8 { return n * 2 }
func sum(n int8) int8 { m := int8(0); for i := int8(0); i < n && i < 9; i++ { m += i }; return m }
func calc(n int8) int8 { for n > 3 { n /= 2 }; return n }
func small(n int8) bool { if n < 0 { return false }; return n <= 3 }
func either(x bool, a, b int8) int8 { if x { return a }; return b }
func join(s, t string) string { if len(s)+len(t) > 4 { return s }; return s + t }
func fails(n int8) error { if n > 1 { return fmt.Errorf("%d", n) }; return nil }
func even(n int8) int8 { if n <= 1 { return n }; return even(n - 2) }
func both(n int8) (int8, error) { if n == 0 { return 1, errA }; return n / 2, nil }
func (p *node) put(n int8) { if p != nil && p.n != n { p.n = n } }
func count(n int8) { glob += n }

var trace string

func note(list ...any) {
	for _, v := range list {
		switch v := v.(type) {
		case *node:
			trace += name(v)
		default:
			trace += fmt.Sprint(v) + ";"
		}
	}
}

func name(p *node) string {
	for i := range memory {
		if p == &memory[i] {
			return fmt.Sprintf("node %d;", i)
		}
	}
	return "nil;"
}

var memory [3]node
`

const driver = `package main

import (
	"fmt"
	"math"
	"math/rand"
	"os"
	"runtime/debug"
	"time"
)

type function = func(` + parameters + `) (int8, error)

type pair struct {
	plain, mutant function
	same          bool // it is proved to be
	said          string
}

// outcome is all that one can see of a call.
type outcome struct {
	n, glob          int8
	err, stop, trace string
	weight           uint64
	memory           [3]node
	list             [6]int8
	entries          int
	entry            int8
}

var list [6]int8

func one[T any](r *rand.Rand, list ...T) T { return list[r.Intn(len(list))] }

func run(f function, seed int64) (o outcome) {
	r := rand.New(rand.NewSource(seed))
	num := func() int8 { return one[int8](r, 0, 1, 2, 3, 0, 1, 2, 3, -1, -128, 100, 127) }
	text := func() string { return one(r, "", "a", "b", "ab", "ba", "aab") }
	place := func() *node { return one(r, nil, &memory[0], &memory[1], &memory[2]) }
	float := func() float64 { return one(r, 0, 1, 0.5, math.Copysign(0, -1), math.NaN(), math.Inf(1)) }
	whole := []int{0, 1, 2, 0, 1, 3, -1, math.MaxInt, math.MinInt, 127, 256}
	var none *node
	thing := func() any { return one[any](r, nil, num(), text(), 1, none, place(), []int8{}, errA, num()) }
	trace, glob, weight = "", num(), float()
	for i := range memory {
		memory[i] = node{num(), text(), place()}
	}
	for i := range list {
		list[i] = num()
	}
	m := one(r, nil, map[string]int8{}, map[string]int8{"a": num()})
	defer func() {
		if p := recover(); p != nil {
			o.stop = fmt.Sprint(p)
		}
		o.glob, o.trace, o.memory, o.list, o.weight = glob, trace, memory, list, math.Float64bits(weight)
		o.entries, o.entry = len(m), m["a"]
	}()
	slice := func() []int8 { return one(r, nil, list[:0], list[:1], list[:3], list[1:4], list[2:2:2]) }
	n, err := f(num(), one[int8](r, 0, 0, 1), num(), num(), one(r, whole...), one(r, whole...), byte(one(r, 'a', 'b', '0', 0, 255, 32)), r.Intn(2) == 0, r.Intn(2) == 0, text(), text(), slice(), slice(),
		place(), place(), thing(), thing(), float(), float(), one(r, nil, errA, fmt.Errorf("b")), m)
	o.n, o.err = n, fmt.Sprint(err, err == errA)
	return o
}

// differs tells whether a pair does with some input, and with which.
func differs(p pair) (how string, yes bool) {
	for seed := range int64(300) {
		if a, b := run(p.plain, seed), run(p.mutant, seed); a != b {
			return fmt.Sprintf("with input %d\n%+v\nbecomes\n%+v", seed, a, b), true
		}
	}
	return "", false
}

func main() {
	late := time.AfterFunc(time.Hour, func() {
		debug.SetTraceback("all")
		panic("this does not end")
	})
	wrong, others, different := 0, 0, 0
	for _, p := range pairs {
		late.Reset(30 * time.Second)
		how, yes := differs(p)
		switch {
		case p.same && yes:
			fmt.Printf("%s\nis not the same: %s\n\n", p.said, how)
			wrong++
		case !p.same && yes:
			different++
			fallthrough
		case !p.same:
			others++
		}
	}
	fmt.Printf("of %d others %d differ\n", others, different)
	if wrong > 0 || 2*different < others {
		os.Exit(1)
	}
}

`
