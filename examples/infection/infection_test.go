package infection

import (
	"math"
	"testing"
	"time"
)

// TestOppositeOfZero asks for a zero that equals every other zero.
func TestOppositeOfZero(t *testing.T) {
	if got := Opposite(0); got != 0 || !math.Signbit(got) {
		t.Errorf("Opposite(0) = %v with the sign %v, want -0", got, math.Signbit(got))
	}
}

// TestNaN asks for a number that does not equal itself.
func TestNaN(t *testing.T) {
	if Less(math.NaN(), 1) {
		t.Error("NaN is less than 1")
	}
	if got := Add(math.NaN(), 1); !math.IsNaN(got) {
		t.Errorf("NaN + 1 = %v", got)
	}
}

// TestSide looks at the clock until it has seen both sides, which takes another
// number of looks every time.
func TestSide(t *testing.T) {
	const looks = 20_000 // far more than a microsecond, and too few for a hang
	var seen [3]bool
	for i := 0; i < looks && !(seen[1] && seen[2]); i++ {
		seen[Side(time.Now().UnixMicro())] = true
	}
	if !seen[1] || !seen[2] {
		t.Errorf("seen 1: %v, 2: %v", seen[1], seen[2])
	}
}

// TestAny ranges over a map in another order every time.
func TestAny(t *testing.T) {
	for range 200 {
		if got := Any(map[string]int{"none": 0, "some": 1}); got != "some" {
			t.Fatalf("Any = %q, want some", got)
		}
	}
}

func TestAnyOfNothing(t *testing.T) {
	if got := Any(nil); got != "" {
		t.Errorf("Any of nothing = %q", got)
	}
}

// TestFirstEven fills the table, so that in one process no later test does. It
// cannot tell n+n from n-n; that TestFourthEven can is hidden by the table.
func TestFirstEven(t *testing.T) {
	if got := Even(0); got != 0 {
		t.Errorf("Even(0) = %d, want 0", got)
	}
}

func TestFourthEven(t *testing.T) {
	if got := Even(3); got != 6 {
		t.Errorf("Even(3) = %d, want 6", got)
	}
}

// TestOdd fails if a ticket is drawn twice to see what a mutant would make of it.
func TestOdd(t *testing.T) {
	for i, want := range []bool{true, false, true} {
		if got := Odd(); got != want {
			t.Errorf("ticket %d: odd is %v, want %v", i+1, got, want)
		}
	}
}

func TestPasses(t *testing.T) {
	for points, want := range map[int]bool{10: false, 90: true} {
		if got := Passes(points); got != want {
			t.Errorf("Passes(%d) = %v", points, got)
		}
	}
}

// TestExceeds divides by nothing, which the mutants must not do either while it
// is only asked whether they differ.
func TestExceeds(t *testing.T) {
	if Exceeds(10, 0, 3) {
		t.Error("10/0 > 3")
	}
	if !Exceeds(10, 2, 3) {
		t.Error("not 10/2 > 3")
	}
	if Exceeds(10, 2, 7) {
		t.Error("10/2 > 7")
	}
}

// TestStrings takes all of a string away: what is left is empty, and points
// elsewhere than another empty string.
func TestStrings(t *testing.T) {
	if got := Rest("all", 3); got != "" {
		t.Errorf("Rest = %q", got)
	}
	if got := Name("you"); got != "you" {
		t.Errorf("Name = %q, want you", got)
	}
}

// TestEmpty can tell one empty slice from another: what is appended to it must
// come into the array.
func TestEmpty(t *testing.T) {
	array := [1]int{7}
	if got := append(Empty(array[:]), 8); got[0] != 8 || array[0] != 8 {
		t.Errorf("appended %v, the array is %v", got, array)
	}
}

// TestHead asks for all elements, where both ways to give them do.
func TestHead(t *testing.T) {
	for _, n := range []int{2, 3} {
		if got := Head([]int{1, 2, 3}, n); len(got) != n {
			t.Errorf("Head(%d) = %v", n, got)
		}
	}
}

func TestSum(t *testing.T) {
	if got := Sum([]int{1, 2, 3, 4}); got != 10 {
		t.Errorf("Sum = %d, want 10", got)
	}
}

var questions, answers = make(chan int), make(chan int)

// init starts a goroutine before any test and for all of them: what it executes is
// in no test's own calls.
func init() {
	go func() {
		for n := range questions {
			answers <- Double(n)
		}
	}()
}

func TestDoubleOfZero(t *testing.T) {
	questions <- 0
	if got := <-answers; got != 0 {
		t.Errorf("Double(0) = %d", got)
	}
}

func TestDoubleOfFour(t *testing.T) {
	questions <- 4
	if got := <-answers; got != 8 {
		t.Errorf("Double(4) = %d, want 8", got)
	}
}
