package ranges

import "testing"

func TestRanges(t *testing.T) {
	if got := SumOfEvens(10, 6); got != 12 {
		t.Error("SumOfEvens", got)
	}
	if Clamp(5, 0, 3) != 3 || Clamp(-1, 0, 3) != 0 || Clamp(2, 0, 3) != 2 {
		t.Error("Clamp")
	}
	if Emptied(map[string]int{"a": 1, "b": 2}) != 2 {
		t.Error("Emptied")
	}
}
