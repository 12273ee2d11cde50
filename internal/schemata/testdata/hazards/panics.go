package p

import (
	"errors"
	"fmt"
)

// What panics must panic in the same cases and on the same lines.

type node struct {
	v    int
	next *node
}

func CaseNilGuard() string {
	var n *node
	out := ""
	if n != nil && n.v > 0 {
		out += "a"
	}
	n = &node{v: 2}
	if n == nil || n.next == nil || n.next.v == 3 {
		out += "b"
	}
	return out
}

func CaseIndexGuard() string {
	s := []int{1, 2, 3}
	sum := 0
	for i := 0; i <= len(s) && spend(); i++ {
		if i < len(s) && s[i] > 1 {
			sum += s[i]
		}
	}
	return fmt.Sprint(sum)
}

func CaseDivision() string {
	x, y, z := 6, 3, 0
	a := x * y
	b := x * z
	c := x / y
	d := 7 % y
	return fmt.Sprint(a, b, c, d)
}

func CaseShift() string {
	s := -1
	out := 1 << 3
	if s > 0 {
		out = out >> s
	}
	u := uint8(200)
	return fmt.Sprint(out, u<<1, u>>1, 1<<uint(out&3))
}

func CaseAssert() string {
	var v any = 3
	n, ok := v.(int)
	_, no := v.(string)
	return fmt.Sprint(n > 2, ok && !no, v == any(3))
}

func CaseUncomparable() (out string) {
	defer func() { out = fmt.Sprint(recover()) }()
	var a, b any = []int{1}, []int{1}
	if a == b {
		return "equal"
	}
	return "different"
}

func CaseRecover() (out string) {
	defer func() {
		if v := recover(); v != nil {
			out = fmt.Sprint("recovered ", v)
		}
	}()
	fail(3)
	return "not reached"
}

func fail(n int) {
	if n > 2 {
		panic(fmt.Sprint("n is ", n))
	}
}

func CasePanicLine() string {
	m := map[string]int(nil)
	n := 1 +
		2*
			3
	if n > 3 {
		fail(1)
		m["x"] = n
	}
	return "no panic"
}

func CaseLines() string {
	a, b := 1, 2
	out := fmt.Sprint(here())
	if a < b &&
		b > a {
		out += fmt.Sprint(" ", here())
	}
	for i := 0; i < 1; i++ {
		out += fmt.Sprint(" ",
			here(), a+
				b)
	}
	func() {
		if a == 1 {
			out += fmt.Sprint(" ", here())
		}
	}()
	return out + fmt.Sprint(" ", here())
}

func named(fail bool) (n int, err error) {
	defer func() {
		if err != nil {
			n = -1
		}
	}()
	v, err := twice(2)
	if err != nil {
		return v, err
	}
	w, err := twice(v)
	n = v + w
	if fail {
		return n, errors.New("asked to")
	}
	return
}

func twice(n int) (int, error) {
	if n < 0 {
		return 0, errors.New("negative")
	}
	if n > 3 {
		return n * 2, fmt.Errorf("large %d", n)
	}
	return n * 2, nil
}

func CaseNamedResults() string {
	a, e1 := named(false)
	b, e2 := named(true)
	return fmt.Sprint(a, e1, b, e2)
}

func shadowing(n int, err error) (string, error) {
	n, m := n+1, n*2
	get := func() int { return n }
	n, k := m+1, n+2
	if m > 2 {
		n, err := twice(n)
		_, _ = n, err
	}
	return fmt.Sprint(n, m, k, get()), err
}

func CaseParameters() string {
	s, err := shadowing(2, nil)
	return fmt.Sprint(s, err)
}
