package job

import (
	"runtime"
	"strconv"
	"testing"
)

// TestShare: a share is never more than this process may use, and nothing given is all.
func TestShare(t *testing.T) {
	before := runtime.GOMAXPROCS(3)
	defer runtime.GOMAXPROCS(before)
	for s, want := range map[share]int{0: 3, 1: 1, 2: 2, 3: 3, 64: 3} {
		env := s.environ()
		if last := env[len(env)-1]; last != "GOMAXPROCS="+strconv.Itoa(want) {
			t.Errorf("%d: a go command gets %s, want %d", s, last, want)
		}
		otherwise := s.keep()
		if got := runtime.GOMAXPROCS(0); got != want {
			t.Errorf("%d: this process has %d, want %d", s, got, want)
		}
		otherwise()
		if got := runtime.GOMAXPROCS(0); got != 3 {
			t.Errorf("%d: this process is left with %d", s, got)
		}
	}
}
