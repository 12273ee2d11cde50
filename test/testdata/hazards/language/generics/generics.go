// Package generics has type parameters inside of what is switched.
package generics

type Number interface{ ~int | ~float64 }

func Sum[T Number](list ...T) (total T) {
	for _, x := range list {
		total = total + x
	}
	return total
}

type Pair[A, B Number] struct {
	First  A
	Second B
}

func (p Pair[A, B]) Scaled(by A) A { return p.First * by }

func (p *Pair[_, B]) Over(limit B) bool { return p.Second > limit }

// Largest is reached by its test, which does not look at equal values.
func Largest[S ~[]T, T Number](list S) T {
	largest := list[0]
	for _, x := range list {
		if x > largest {
			largest = x
		}
	}
	return largest
}
