package runner

import (
	"testing"
	"time"
)

func TestInDoubt(t *testing.T) {
	some := []string{"TestA"}
	for _, c := range []struct {
		what   string
		runs   int
		always []string
		spent  time.Duration
		busy   bool
		want   bool
	}{
		{"some more", doubtRuns - 1, some, time.Second, false, true},
		{"enough", doubtRuns, some, time.Second, false, false},
		{"many more, since the machine is busy", busyRuns - 1, some, time.Second, true, true},
		{"enough of these", busyRuns, some, time.Second, true, false},
		{"all have passed once", 1, nil, time.Second, true, false},
		{"too long", 1, some, plainDoubt, true, false},
	} {
		if got := inDoubt(c.runs, c.always, c.spent, func() bool { return c.busy }); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}
