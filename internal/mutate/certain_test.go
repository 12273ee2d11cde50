package mutate

import "testing"

func TestBesideErrors(t *testing.T) {
	checkWants(t, `package m

import (
	"errors"
	"fmt"
	"io"
)

var errOdd = errors.New("odd")

func f(n int, g func() error) (int, bool, error) {
	err := g()
	if err != nil {
		return n, true, err // want return_value: 0 [ignored: a value beside an error] | return_value: false
	}
	if n == 1 {
		return 0, true, fmt.Errorf("n") // want return_value: 1 [ignored: a value beside an error] | return_value: false
	}
	if n == 2 {
		return 0, true, errOdd // want return_value: 1 [ignored: a value beside an error] | return_value: false
	}
	if n == 3 {
		return n, true, io.EOF // want return_value: 0 [ignored: a value beside an error] | return_value: false
	}
	later := g()
	if later != nil {
		later = g()
		return n, true, later // want return_value: 0 | return_value: false
	}
	return n, true, err // want return_value: 0 | return_value: false
}

func ReadIt(g func() error) (int, error) {
	if err := g(); err != nil {
		return 3, err // want return_value: 0
	}
	return 0, nil // want return_value: 1 | return_value: return 0, errors.New("evilution")
}

func empty() []byte { return []byte(nil) }
`, "return_value")
}

func TestCertain(t *testing.T) {
	checkWants(t, `package m

type point struct{ x, y int }

func f(a, b int, g func(*point)) int {
	if a == b {
		return 0 // want block_removal:
	}
	if b > 0 { // want comparison_boundary: b >= 0
		if a > b { // want block_removal: | comparison_boundary: a >= b [ignored: no value that comes here tells the difference]
			return 1 // want block_removal:
		}
	}
	a++
	if a > b { // want comparison_boundary: a >= b
		return 1 // want block_removal:
	}
	n := a
	if b > a { // want comparison_boundary: b >= a [ignored: equal operands give the same either way]
		n = b // want block_removal:
	}
	p := &point{x: n}
	if n == 3 {
		p.y = 1 // want block_removal:
	} else {
		p.y = 0 // want block_removal: [ignored: the field is zero already]
	}
	if n == 4 {
		p.x = 1 // want block_removal:
	} else {
		p.x = 0 // want block_removal:
	}
	g(p)
	if n == 5 {
		p.y = 1 // want block_removal:
	} else {
		p.y = 0 // want block_removal:
	}
	return n
}
`, "comparison_boundary", "block_removal")
}
