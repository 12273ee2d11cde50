package agent

import (
	"sync/atomic"
	"unsafe"
)

// The helpers below choose between values that have all been evaluated: o is
// the original's, the others are those of mutants n, n+1, … In a recording they
// count each mutant as reached, and as infected unless its value is identical.
//
// Identical means the same bits, which no program can tell apart, whatever the
// type: floats differ between 0 and -0 and not between equal NaNs, slices by
// pointer, length and capacity. Where equal values may have different bits
// (interfaces, padded structs) the mutant counts as infected, which costs a run
// and never a verdict. Strings have helpers that compare their bytes.

// V1 chooses between o and mutant n's a.
func V1[T any](p *Package, n int32, o, a T) T {
	if p.record {
		p.saw(n, identical(o, a))
		p.sum(n, value(o))
	}
	if n == p.active {
		return a
	}
	return o
}

// V2 chooses between o and the values of mutants n and n+1.
func V2[T any](p *Package, n int32, o, a, b T) T {
	if p.record {
		p.saw(n, identical(o, a))
		p.saw(n+1, identical(o, b))
		p.sum(n, value(o))
	}
	switch p.active {
	case n:
		return a
	case n + 1:
		return b
	}
	return o
}

// V3 chooses between o and the values of mutants n to n+2.
func V3[T any](p *Package, n int32, o, a, b, c T) T {
	return V2(p, n, V1(p, n+2, o, c), a, b)
}

// V4 chooses between o and the values of mutants n to n+3.
func V4[T any](p *Package, n int32, o, a, b, c, d T) T {
	return V2(p, n, V2(p, n+2, o, c, d), a, b)
}

// S1 is V1 for strings.
func S1[T ~string](p *Package, n int32, o, a T) T {
	if p.record {
		p.saw(n, o == a)
		p.sum(n, text(string(o)))
	}
	if n == p.active {
		return a
	}
	return o
}

// S2 is V2 for strings.
func S2[T ~string](p *Package, n int32, o, a, b T) T {
	if p.record {
		p.saw(n, o == a)
		p.saw(n+1, o == b)
		p.sum(n, text(string(o)))
	}
	switch p.active {
	case n:
		return a
	case n + 1:
		return b
	}
	return o
}

//go:noinline
func (p *Package) saw(n int32, identical bool) {
	c := &p.reach[n].different
	if identical {
		c = &p.reach[n].equal
	}
	atomic.AddUint64(c, 1)
}

func identical[T any](a, b T) bool {
	return bits(&a) == bits(&b)
}

// bits are the bytes of *v, valid as long as *v is not changed.
func bits[T any](v *T) string {
	return unsafe.String((*byte)(unsafe.Pointer(v)), unsafe.Sizeof(*v))
}
