package agent

// buffer writes msgpack, each value in its shortest form
// (https://github.com/msgpack/msgpack/blob/master/spec.md).
type buffer []byte

func (b *buffer) mapHeader(n int) {
	switch {
	case n < 16:
		*b = append(*b, 0x80|byte(n))
	case n < 1<<16:
		*b = append(*b, 0xde, byte(n>>8), byte(n))
	default:
		*b = append(*b, 0xdf, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
}

func (b *buffer) arrayHeader(n int) {
	switch {
	case n < 16:
		*b = append(*b, 0x90|byte(n))
	case n < 1<<16:
		*b = append(*b, 0xdc, byte(n>>8), byte(n))
	default:
		*b = append(*b, 0xdd, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
}

func (b *buffer) string(s string) {
	n := len(s)
	switch {
	case n < 32:
		*b = append(*b, 0xa0|byte(n))
	case n < 1<<8:
		*b = append(*b, 0xd9, byte(n))
	case n < 1<<16:
		*b = append(*b, 0xda, byte(n>>8), byte(n))
	default:
		*b = append(*b, 0xdb, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	*b = append(*b, s...)
}

func (b *buffer) uint(n uint64) {
	switch {
	case n < 1<<7:
		*b = append(*b, byte(n))
	case n < 1<<8:
		*b = append(*b, 0xcc, byte(n))
	case n < 1<<16:
		*b = append(*b, 0xcd, byte(n>>8), byte(n))
	case n < 1<<32:
		*b = append(*b, 0xce, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	default:
		*b = append(*b, 0xcf, byte(n>>56), byte(n>>48), byte(n>>40), byte(n>>32),
			byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
}

func (b *buffer) int(i int) {
	if i >= 0 {
		b.uint(uint64(i))
		return
	}
	n := int64(i)
	*b = append(*b, 0xd3, byte(n>>56), byte(n>>48), byte(n>>40), byte(n>>32),
		byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

// uints writes an array of numbers.
func (b *buffer) uints(ns []uint64) {
	b.arrayHeader(len(ns))
	for _, n := range ns {
		b.uint(n)
	}
}
