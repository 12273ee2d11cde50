package p

import "fmt"

// Operands that calls beside them change, and the order in which things happen.

var counter int

func bump() int { counter++; return counter }

func push(log *[]int, n int) int { *log = append(*log, n); return n }

func CaseGlobalBesideCall() string {
	counter = 1
	x := counter*2 + bump()
	y := bump() + counter*3
	return fmt.Sprint(x, y, counter)
}

func CaseCapturedBesideCall() string {
	a := 1
	f := func() int { a = 10; return 1 }
	x := a*2 + f()
	b := []int{a + 1, f(), a - 1}
	return fmt.Sprint(x, b)
}

func CaseAddressedBesideCall() string {
	a := 3
	p := &a
	f := func(q *int) int { *q++; return *q }
	return fmt.Sprint(a+1, f(p), a > 3)
}

func CaseReturnNamed() string {
	f := func() (n int) {
		set := func() int { n = 7; return n }
		return n + 1 + set()
	}
	return fmt.Sprint(f())
}

func CaseCallsInOrder() string {
	var log []int
	ok := push(&log, 1) < push(&log, 2) && push(&log, 3) > push(&log, 4) || push(&log, 5) == 5
	sum := push(&log, 6) + push(&log, 7)*push(&log, 8)
	return fmt.Sprint(log, ok, sum)
}

func CaseReceiveBeside() string {
	ch := make(chan int, 2)
	ch <- 4
	ch <- 5
	a := 2
	return fmt.Sprint(a*3+<-ch, <-ch > a)
}

func CaseIndexAssign() string {
	i := 0
	next := func() int { i++; return i }
	s := make([]int, 4)
	s[i+1] = next()
	s[next()] += i * 2
	return fmt.Sprint(s, i)
}

type acc struct{ n int }

func (a *acc) add(n int) *acc { a.n += n; return a }

func CaseMethodChain() string {
	a := &acc{n: 1}
	v := a.n + a.add(2).add(a.n*2).n
	return fmt.Sprint(v, a.n > 3)
}

func CaseDeferArguments() string {
	out := ""
	func() {
		n := 1
		defer func(m int) { out += fmt.Sprint(m, n) }(n + 1)
		n = n * 5
	}()
	return out
}

func CaseGo() string {
	done := make(chan int)
	n := 3
	go func(m int) { done <- m * 2 }(n - 1)
	return fmt.Sprint(<-done)
}
