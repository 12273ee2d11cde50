package calc

import "testing"

func TestDiscount(t *testing.T) {
	for price, want := range map[int]int{50: 50, 200: 180} {
		if got := Discount(price); got != want {
			t.Errorf("Discount(%d) = %d, want %d", price, got, want)
		}
	}
}

func TestDivide(t *testing.T) {
	if got, _ := Divide(6, 3); got != 2 {
		t.Errorf("Divide(6, 3) = %d, want 2", got)
	}
}

func TestDivideByZero(t *testing.T) {
	if _, err := Divide(1, 0); err != ErrZero {
		t.Errorf("Divide(1, 0) says %v, want %v", err, ErrZero)
	}
}
