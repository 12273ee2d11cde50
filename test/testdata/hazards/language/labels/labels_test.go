package labels

import "testing"

func TestLabels(t *testing.T) {
	if got := Row([][]int{{1, -1, 9}, {2, 5}, {9}}, 4); got != 1 {
		t.Error("Row", got)
	}
	if Factorial(4) != 24 {
		t.Error("Factorial")
	}
	for n, want := range map[int]string{10: "ten!", -1: "!", 5: "digit"} {
		if got := Word(n); got != want {
			t.Errorf("Word(%d) = %s", n, got)
		}
	}
}
