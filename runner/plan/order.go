package plan

import (
	"cmp"
	"math/bits"
	"slices"
	"time"
)

// Bounds below which tests cost the same: about what a process costs beside them is not
// worth another order.
const (
	cheap = 2 * time.Millisecond
	small = 1024 // places of mutants executed
)

// order puts the last killer first and then cheap tests before dear ones. Those that cost
// about the same stay in the binary's order. What they cost is told by time only where it
// differs much, by powers of four, and else by how much of the mutated code they execute,
// by powers of two: time is another one in each session, and which test comes first
// decides how a mutant dies that several notice.
func (b *Binary) order(tests []*test, killer TestRef) []*test {
	class := func(t *test) (long, much int) {
		if b.Package == killer.Package && t.name == killer.Test {
			return -1, 0
		}
		return (bits.Len64(uint64(t.quickest/cheap)) + 1) / 2, bits.Len64(t.work / small)
	}
	return slices.SortedStableFunc(slices.Values(tests), func(a, b *test) int {
		longA, muchA := class(a)
		longB, muchB := class(b)
		return cmp.Or(longA-longB, muchA-muchB)
	})
}
