// Package closures has function literals where they are hard to switch.
package closures

var double = func(n int) int { return n * 2 }

func Counter(step int) (next func() int) {
	n := 0
	return func() int {
		n = n + step
		return n
	}
}

func Deferred() (n int) {
	defer func() { n = n + 1 }()
	return double(3)
}

func Applied(f func(int) int, n int) int { return f(n) - 1 }

func Three() int {
	return Applied(func(n int) int { return n + 1 }, 3)
}
