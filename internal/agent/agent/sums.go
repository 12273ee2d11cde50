package agent

import (
	"sync/atomic"
	"unsafe"
)

// A recording adds up what the helpers see as the original's value, for each
// function. Where the sums of two recordings of a test differ, the function works
// with something else each time, such as the clock or random numbers, and what
// becomes of a mutant there may depend on it. The order of values does not matter:
// maps and goroutines have another one each time.
//
// sum adds one value that was seen at the site of mutant n.
func (p *Package) sum(n int32, v uint64) {
	const a, b = 0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9 // of splitmix64
	v += uint64(n) * a
	v = (v ^ v>>30) * b
	f := int32(0)
	if int(n) < len(p.owner) {
		f = p.owner[n]
	}
	atomic.AddUint64(&p.sums[f], v^v>>27)
}

// value is a number for v; 0 for what is no plain value, since the bits of a pointer
// mean nothing to another process, and for types with a name of their own.
func value[T any](v T) uint64 {
	switch v := any(v).(type) {
	case bool:
		if v {
			return 1
		}
	case int:
		return uint64(v)
	case int8:
		return uint64(v)
	case int16:
		return uint64(v)
	case int32:
		return uint64(v)
	case int64:
		return uint64(v)
	case uint:
		return uint64(v)
	case uint8:
		return uint64(v)
	case uint16:
		return uint64(v)
	case uint32:
		return uint64(v)
	case uint64:
		return v
	case float32:
		return uint64(*(*uint32)(unsafe.Pointer(&v)))
	case float64:
		return *(*uint64)(unsafe.Pointer(&v))
	}
	return 0
}

// text is a number for a string (FNV-1a).
func text(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
