package mutate

import "testing"

// TestProved: mutants that are carried out beside the program as it is.
func TestProved(t *testing.T) {
	checkWants(t, `package m

import (
	"fmt"
	"strings"
)

type version struct {
	major int
	pre   string
}

func (v *version) Pre() string { return v.pre }

func (v *version) Equal(o *version) bool {
	return v == o || v.major == o.major && v.pre == o.pre
}

func differ(v, o *version, dirty bool) (bool, error) {
	if v.Pre() == "x" && o.Pre() != "x" { // want condition_true: true | condition_false: false
		return false, nil
	}
	if v.major != o.major && !dirty { // want condition_true: true | condition_false: false [ignored: both ways come to the same end]
		return true, nil
	}
	if o.major == 0 { // want condition_true: true | condition_false: false
		return true, nil
	}
	if v.major != o.major && !dirty { // want condition_true: true | condition_false: false [ignored: both ways come to the same end]
		return true, nil
	}
	if v.Equal(o) { // want condition_true: true | condition_false: false
		return false, fmt.Errorf("%v is equal to %v", v, o)
	}
	return true, nil
}

// unequal panics where v is nil, but not without its first condition.
func unequal(v, o *version) (bool, error) {
	if v.Pre() == o.Pre() && v.major != o.major { // want condition_true: true | condition_false: false
		return true, nil
	}
	if v.Equal(o) { // want condition_true: true | condition_false: false
		return false, nil
	}
	return true, nil
}

func part(a, b string) int {
	if a == b { // want condition_true: true | condition_false: false
		return 0
	}
	return len(a) - len(b)
}

func compare(v, o string) int {
	a, b := strings.Split(v, "."), strings.Split(o, ".")
	n := len(a)
	if len(b) > n { // want condition_true: true | condition_false: false | comparison_boundary: len(b) >= n [ignored: equal operands give the same either way]
		n = len(b)
	}
	for i := 0; i < n; i++ { // want condition_true: true | condition_false: false | comparison_boundary: i <= n [ignored: both ways come to the same end]
		x, y := "", ""
		if i < len(a) { // want condition_true: true | condition_false: false | comparison_boundary: i <= len(a)
			x = a[i]
		}
		if i < len(b) { // want condition_true: true | condition_false: false | comparison_boundary: i <= len(b)
			y = b[i]
		}
		if d := part(x, y); d != 0 { // want condition_true: true | condition_false: false
			return d
		}
	}
	return 0
}

func notes(n int) {
	if n > 3 { // want condition_true: true | condition_false: false | comparison_boundary: n >= 3
		fmt.Println(n)
	}
}
`, "condition_true", "condition_false", "comparison_boundary")
}
