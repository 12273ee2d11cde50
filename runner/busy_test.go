package runner

import (
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/supervisor"
)

func TestWaited(t *testing.T) {
	const ms = time.Millisecond
	one := []isolation.TestRun{{Wall: 100 * ms}}
	for _, c := range []struct {
		what  string
		tests []isolation.TestRun
		cpu   time.Duration
		want  time.Duration
	}{
		{"sleeps", one, 10 * ms, 90 * ms},
		{"does something half of the time", one, 50 * ms, 50 * ms},
		{"does something most of the time", one, 60 * ms, 0},
		{"uses two processors", one, 180 * ms, 0},
		{"crashed before its end", nil, 10 * ms, 0},
	} {
		out := isolation.Outcome{Tests: c.tests, Exit: supervisor.Exit{CPU: c.cpu}}
		if got := waited(out); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}
