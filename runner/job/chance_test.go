package job

import (
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// TestVotes: what a chancy test detects is believed when it has done so three times more
// often than not; every other detection is believed at once.
func TestVotes(t *testing.T) {
	chancy := MutantRequest{Repeat: []plan.Process{{Package: "p", Tests: []string{"A", "B"}, Times: []int{0, 5}}}}
	killed := func(test string) Verdict {
		return Verdict{Status: mutant.Killed, KilledBy: &plan.TestRef{Package: "p", Test: test}}
	}
	panicked, hung, passed := Verdict{Status: mutant.Killed}, Verdict{Status: mutant.Timeout}, Verdict{}
	for _, c := range []struct {
		name    string
		request MutantRequest
		looks   []Verdict
		again   []bool // after each look
		want    mutant.Status
	}{
		{"no chance", MutantRequest{}, []Verdict{killed("B")}, []bool{false}, mutant.Killed},
		{"another test", chancy, []Verdict{killed("A")}, []bool{false}, mutant.Killed},
		{"outside of tests", chancy, []Verdict{panicked}, []bool{false}, mutant.Killed},
		{"a hang", chancy, []Verdict{hung}, []bool{false}, mutant.Timeout},
		{"three times", chancy, []Verdict{killed("B"), killed("B"), killed("B")}, []bool{true, true, false}, mutant.Killed},
		{"once", chancy, []Verdict{killed("B"), passed}, []bool{true, false}, ""},
		{"two against one", chancy, []Verdict{passed, killed("B"), killed("B"), killed("B")}, []bool{false, true, true, true}, ""},
		{"another test later", chancy, []Verdict{killed("B"), killed("A")}, []bool{true, false}, mutant.Killed},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := &Verdict{}
			for i, look := range c.looks {
				look.votes = v.votes
				*v = look
				if got := v.again(c.request); got != c.again[i] {
					t.Errorf("look %d: again %v, want %v", i+1, got, c.again[i])
				}
			}
			if v.Status != c.want {
				t.Errorf("%q, want %q", v.Status, c.want)
			}
		})
	}
}
