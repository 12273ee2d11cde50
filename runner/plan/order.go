package plan

import (
	"math/bits"
	"slices"
	"time"
)

// cheap is the duration below which tests cost the same: about what a process
// costs beside them is not worth another order.
const cheap = 256 * time.Microsecond

// order puts the last killer first and then cheap tests before dear ones; those
// that cost about the same, by powers of two, stay in the binary's order.
func (b *Binary) order(tests []*test, killer TestRef) []*test {
	class := func(t *test) int {
		if b.Package == killer.Package && t.name == killer.Test {
			return -1
		}
		return bits.Len64(uint64(t.quickest / cheap))
	}
	return slices.SortedStableFunc(slices.Values(tests), func(a, b *test) int { return class(a) - class(b) })
}
