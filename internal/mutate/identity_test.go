package mutate

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
)

func ids(t *testing.T, p *load.Package, ops []Operator) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, c := range Find(p, ops) {
		if found[c.ID] != "" {
			t.Errorf("id %s twice: %s and %s", c.ID, found[c.ID], describe(c))
		}
		found[c.ID] = fmt.Sprintf("line %d: %s", c.Line, describe(c))
	}
	return found
}

// An id is that of the mutant, wherever the function has moved and whatever else
// is chosen.
func TestIDsLast(t *testing.T) {
	const f = "func f(a, b int) bool {\n\tif a < b { return true }\n\tif a < b { return b == 0 }\n\treturn !(a == b)\n}\n"
	p := loadSource(t, "package m\n\n"+f)
	before := ids(t, p, Operators())
	after := ids(t, loadSource(t, "package m\n\nimport \"os\"\n\nfunc g() { os.Getpid() }\n\n// Moved.\n\n"+f), Operators())
	for id, what := range before {
		if after[id] == "" {
			t.Errorf("%s (%s) is gone", id, what)
		}
	}
	for _, op := range Operators() {
		for id, what := range ids(t, p, []Operator{op}) {
			for other, same := range before {
				if what == same && id != other {
					t.Errorf("%s alone: %s is %s, not %s", op.Name, what, id, other)
				}
			}
		}
	}
}

func TestFunctionNames(t *testing.T) {
	p := loadSource(t, `package m

type T struct{}
type G[K comparable, V any] struct{}

func F() bool { return func() bool { return true }() }
func (T) Value() bool { return true }
func (t *T) Pointer() bool { return true }
func (*G[K, V]) Generic() bool { return true }
func (G[_, _]) Blank() bool { return true }
func init() { _ = true }

var v = true
var a, b = true, func() bool { return true }
var _ = true
`)
	var names []string
	for _, c := range Find(p, pick(t, "literal_bool")) {
		names = append(names, c.Function)
		if (c.Func == nil) != slices.Contains([]string{"v", "a", "_"}, c.Function) {
			t.Errorf("%s: function %v", describe(c), c.Func)
		}
	}
	want := []string{"F", "T.Value", "(*T).Pointer", "(*G).Generic", "G.Blank", "init", "v", "a", "b", "_"}
	if !slices.Equal(names, want) {
		t.Errorf("names %q, want %q", names, want)
	}
}

// A mutant of a profile is one of every later profile too.
func TestProfilesHoldThoseBefore(t *testing.T) {
	archive, err := os.ReadFile("testdata/hazards.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loadArchive(t, string(archive)).Packages {
		last := map[string]string{}
		for _, profile := range Profiles {
			ops, err := Select(nil, profile)
			if err != nil {
				t.Fatal(err)
			}
			now := ids(t, p, ops)
			for id, what := range last {
				if now[id] != what {
					t.Errorf("%s in %s: %s was %q and is %q", p.Path, profile, id, what, now[id])
				}
			}
			last = now
		}
	}
}
