package p

import "fmt"

// Labels, jumps and every statement that has a body.

func CaseLabels() string {
	out := ""
outer:
	for i := 0; i < 3 && spend(); i++ {
		for j := 0; j < 3 && spend(); j++ {
			if j == 1 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			out += fmt.Sprint(i, j, " ")
		}
	}
	return out
}

func CaseGoto() string {
	n := 0
again:
	n++
	spend()
	if n < 3 {
		goto again
	}
	if n > 5 {
		goto end
	}
	n *= 10
end:
	return fmt.Sprint(n)
}

func CaseLabelInLiteral() string {
	f := func(max int) int {
		n := 0
	loop:
		for spend() {
			switch {
			case n >= max:
				break loop
			default:
				n += 2
				continue loop
			}
		}
		return n
	}
	return fmt.Sprint(f(3), f(0))
}

func CaseSwitch() string {
	out := ""
	for i := 0; i < 5; i++ {
		switch i {
		case 0, 1:
			out += "a"
			fallthrough
		case 2:
			out += "b"
		case 3:
			if out == "" {
				break
			}
			out += "c"
		default:
			out += "d"
		}
	}
	switch x := len(out); {
	case x > 100:
		out += "!"
	case x > 3:
		out += "?"
	}
	return out
}

func kind(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int:
		x, ok := x+1, x > 1
		return fmt.Sprint("int ", x, ok)
	case string, []byte:
		return fmt.Sprintf("text %v", x)
	case error:
		return x.Error()
	}
	return "other"
}

func CaseTypeSwitch() string {
	return kind(nil) + kind(1) + kind("s") + kind(fmt.Errorf("e")) + kind(2.5)
}

func CaseSelect() string {
	a, b := make(chan int, 1), make(chan string, 1)
	out := ""
	for i := 0; i < 3; i++ {
		if i == 1 {
			a <- i * 2
		}
		select {
		case v, ok := <-a:
			v, w := v+1, ok
			out += fmt.Sprint(v, w)
		default:
			out += "none"
		}
		select {
		case b <- fmt.Sprint(i + 1):
			out += "sent"
		default:
			out += "full"
		}
	}
	return out
}

func CaseRange() string {
	sum := 0
	for i := range 4 {
		sum += i
	}
	for _, s := range []string{"a", "bb"} {
		sum += len(s)
	}
	for i, r := range "aé" {
		sum += i * int(r)
	}
	m := map[int]bool{1: true, 2: false}
	for k, v := range m {
		if v {
			delete(m, k)
		}
	}
	return fmt.Sprint(sum, len(m))
}

func upTo(n int) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for i := 0; i < n && spend(); i++ {
			if !yield(i, fmt.Sprint(i)) {
				return
			}
		}
	}
}

func CaseRangeOverFunc() string {
	out := ""
	for i, s := range upTo(5) {
		if i == 1 {
			continue
		}
		if i > 3 {
			break
		}
		defer func() { out += "deferred" }()
		out += s
	}
	return out
}

func CaseLoopVariables() string {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { return i * 10 })
	}
	out := ""
	for _, f := range fs {
		out += fmt.Sprint(f(), " ")
	}
	return out
}

func CaseElse() string {
	out := ""
	for _, n := range []int{1, 5, 9} {
		if n < 3 {
			out += "low"
		} else if m := n * 2; m < 12 {
			out += "mid"
		} else {
			out += "high"
		}
	}
	return out
}

func first(s []int) int {
	for _, v := range s {
		if v > 1 {
			return v
		}
	}
	panic("none")
}

func forever(n int) int {
	for {
		spend()
		n++
		if n > 5 {
			return n
		}
	}
}

func CaseTerminating() string { return fmt.Sprint(first([]int{1, 2}), forever(2)) }

func CaseDefer() string {
	out := ""
	func() {
		defer func() { out += "1" }()
		defer add(&out, "2")
		out += "0"
	}()
	return out
}

func add(s *string, t string) { *s += t }
