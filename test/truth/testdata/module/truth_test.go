package truth

import (
	"errors"
	"strconv"
	"testing"

	"example.com/truth/units"
)

func TestClamp(t *testing.T) {
	for _, c := range []struct{ x, want int }{{5, 5}, {-1, 0}, {11, 10}, {0, 0}, {10, 10}} {
		if got := Clamp(c.x, 0, 10); got != c.want {
			t.Errorf("Clamp(%d) = %d", c.x, got)
		}
	}
}

func TestSign(t *testing.T) {
	if Sign(7) != 1 || Sign(-7) != -1 {
		t.Error("wrong sign")
	}
}

func TestArea(t *testing.T) {
	if Area(2, 2) != 4 {
		t.Error("wrong area")
	}
}

func TestPerimeter(t *testing.T) {
	if Perimeter(5, 0) != 10 {
		t.Error("wrong perimeter")
	}
}

func TestEven(t *testing.T) {
	if !Even(4) || Even(3) {
		t.Error("wrong")
	}
}

func TestMask(t *testing.T) {
	if Mask(0x35) != 5 {
		t.Error("wrong mask")
	}
}

func TestFlags(t *testing.T) {
	if Flags(1, 2) != 3 {
		t.Error("wrong flags")
	}
}

func TestDouble(t *testing.T) {
	if Double(6) != 12 {
		t.Error("wrong double")
	}
}

func TestBetween(t *testing.T) {
	Between(5, 0, 10)
	Between(15, 0, 10)
}

func TestSum(t *testing.T) {
	if Sum([]int{1, 2, 4}) != 7 {
		t.Error("wrong sum")
	}
}

func TestIndex(t *testing.T) {
	list := []string{"a", "b", "c"}
	if Index(list, "b") != 1 || Index(list, "x") != -1 {
		t.Error("wrong index")
	}
}

func TestCountdown(t *testing.T) {
	if Countdown(3) != 3 {
		t.Error("wrong count")
	}
}

func TestFirstPositive(t *testing.T) {
	if FirstPositive([]int{0, 3, 5}) != 3 {
		t.Error("wrong number")
	}
}

func TestRepeat(t *testing.T) {
	if Repeat("ab", 2) != "abab" {
		t.Error("wrong text")
	}
}

func TestParse(t *testing.T) {
	if n, err := Parse("12"); n != 12 || err != nil {
		t.Error("12:", n, err)
	}
	if _, err := Parse(""); !errors.Is(err, ErrEmpty) {
		t.Error("nothing:", err)
	}
	if _, err := Parse("x"); !errors.Is(err, strconv.ErrSyntax) {
		t.Error("letters:", err)
	}
}

func TestCheck(t *testing.T) {
	if err := Check(5); err != nil {
		t.Error(err)
	}
}

func TestCounter(t *testing.T) {
	var c Counter
	c.Add("a")
	c.Add("b")
	c.Add("a")
	if c.Count("a") != 2 || c.Total() != 3 {
		t.Error("wrong counts")
	}
	c.Name()
}

func TestForget(t *testing.T) {
	c := Counter{seen: map[string]int{"a": 1, "b": 1}}
	c.Forget("a")
	if c.Has("a") || !c.Has("b") {
		t.Error("wrong words left")
	}
}

func TestUpper(t *testing.T) {
	if Upper("a") != "A" {
		t.Error("not upper")
	}
}

func TestCommand(t *testing.T) {
	if !Command("/x") || Command("/") || Command("x/") {
		t.Error("wrong")
	}
}

func TestKind(t *testing.T) {
	if Kind(1) != "int" || Kind("") != "string" || Kind(nil) != "other" {
		t.Error("wrong kind")
	}
}

func TestGrade(t *testing.T) {
	if Grade(90) != "A" || Grade(70) != "B" {
		t.Error("wrong grade")
	}
}

func TestLog(t *testing.T) {
	var said string
	Log(func(s string) { said += s + " " })
	if said != "begin end " {
		t.Error(said)
	}
}

func TestSafe(t *testing.T) {
	if !Safe(func() { panic("x") }) || Safe(func() {}) {
		t.Error("wrong")
	}
}

func TestLargest(t *testing.T) {
	if Largest(3, 9, 4) != 9 {
		t.Error("wrong number")
	}
	if Largest("b", "a") != "b" {
		t.Error("wrong text")
	}
}

func TestMiddle(t *testing.T) {
	if Middle("(ab)") != "ab" {
		t.Error("wrong middle")
	}
}

func TestPipe(t *testing.T) {
	sum := 0
	for x := range Pipe(1, 2, 4) {
		sum += x
	}
	if sum != 7 {
		t.Error("wrong sum")
	}
}

func TestScale(t *testing.T) {
	if units.Scale(3, "m") != 3_000_000 || units.Scale(3, "") != 3 {
		t.Error("wrong scale")
	}
}
