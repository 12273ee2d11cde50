// Package shadow gives names that the language knows other meanings.
package shadow

import "strings"

type bool = string

const true, nil = "yes", "none"

func len(n int) int { return n + 1 }

func panic(n int) int { return n * 2 }

func Names(strings string, int int) (bool, int2) {
	if int > 2 {
		return true, int2(len(int))
	}
	return nil + strings, int2(panic(int))
}

type int2 int

func Upper(s string) string { return strings.ToUpper(s) + "." }
