// Package calc is the smallest example: two functions with tests that look
// thorough and are not, and one without any.
package calc

import "errors"

// ErrZero says that somebody divided by zero.
var ErrZero = errors.New("division by zero")

// Discount takes a tenth off prices from 100 upwards.
func Discount(price int) int {
	if price >= 100 {
		price -= price / 10
	}
	return price
}

// Divide is a / b, or ErrZero.
func Divide(a, b int) (int, error) {
	if b == 0 {
		return 0, ErrZero
	}
	return a / b, nil
}

// Negate is a with the other sign.
func Negate(a int) int {
	return -a
}
