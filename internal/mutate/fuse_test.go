package mutate

import (
	"bytes"
	"testing"
)

// Without spaces an operator and its right operand may be read as one token.
func TestOperatorsDoNotFuse(t *testing.T) {
	const src = "package p\n\n" +
		"func a(x, y int) int { return x+-y }\n" +
		"func b(x, y int) int { return x-+y }\n" +
		"func c(x int) bool { return x>=-1 }\n" +
		"func d(x int, y *int) int { return x**y }\n" +
		"func e(x, y int) int { return x|^y }\n"
	p := loadSource(t, src)
	want := map[string]bool{"x- -y": false, "x+ +y": false, "x< -1": false, "x/ *y": false, "x& ^y": false}
	for _, c := range Find(p, Operators()) {
		if err := compile(t, p, c); err != nil {
			t.Errorf("%s: %v", describe(c), err)
		}
		for text := range want {
			want[text] = want[text] || bytes.Contains(after(t, c), []byte(text))
		}
	}
	for text, found := range want {
		if !found {
			t.Errorf("no mutant reads %s", text)
		}
	}
}
