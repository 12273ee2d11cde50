package agent

import "testing"

// TestWatch: iterations are looked at until there are many, or for a time in which a
// process that got no processor has lost little.
func TestWatch(t *testing.T) {
	const ms = 1_000_000
	for name, test := range map[string]struct {
		gap   func(look int) int64
		looks int
	}{
		"quick":            {func(int) int64 { return 100 }, mostLooks},
		"of a millisecond": {func(int) int64 { return ms }, 21},
		"slow":             {func(int) int64 { return 1000 * ms }, 5},
		"no processor":     {func(look int) int64 { return map[bool]int64{true: 90 * ms, false: 100}[look == 1] }, mostLooks},
	} {
		var w watch
		now, looks := int64(5*ms), 1
		for !w.next(now) {
			now += test.gap(looks)
			looks++
		}
		if looks != test.looks {
			t.Errorf("%s: %d looks, want %d", name, looks, test.looks)
		}
	}
}
