package p

import "fmt"

// What stands outside of functions.

var trace []string

func note(s string) string { trace = append(trace, s); return s }

var (
	early  = note("early")
	width  = 3 * height
	height = 2 + depth(1)
	wide   = width > 4 && note("wide") == "wide"
	table  = [...]int{1, 2, 3 + 1}
	double = func(n int) int {
		if n > 100 {
			return 0
		}
		for i := 0; i < 1 && spend(); i++ {
			n = n * 2
		}
		return n
	}
	handlers = map[string]func(int) (string, error){
		"a": func(n int) (s string, err error) {
			s, more := fmt.Sprint(n+1), n > 1
			if more {
				return s, fmt.Errorf("more")
			}
			return
		},
		"b": nil,
	}
	_    = note("blank")
	late = note("late")
)

const size = 4 * 2

var grid [size]int

func init() {
	if len(trace) > 2 {
		note("init")
	}
}

func depth(n int) int {
	if n <= 0 && spend() {
		return 0
	}
	return n + 1
}

func CaseVariables() string {
	s, err := handlers["a"](1)
	t, err2 := handlers["a"](2)
	return fmt.Sprint(trace, early, width, height, wide, table, double(4), s, err, t, err2, late, len(grid))
}
