package mutate

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The example of every operator is one of the mutants that it makes of it.
func TestExamples(t *testing.T) {
	for _, op := range Operators() {
		t.Run(op.Name, func(t *testing.T) {
			if !regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`).MatchString(op.Name) || !strings.HasSuffix(op.Doc, ".") {
				t.Errorf("name %q, doc %q", op.Name, op.Doc)
			}
			p := loadSource(t, "package m\n\n"+op.Before+"\n")
			want := "package m\n\n" + op.After + "\n"
			var got []string
			for _, c := range Find(p, []Operator{op}) {
				got = append(got, string(after(t, c)))
			}
			if !slices.Contains(got, want) {
				t.Errorf("mutants %q, want %q", got, want)
			}
		})
	}
}

func TestSelect(t *testing.T) {
	if ops := pick(t); len(ops) != len(Operators()) {
		t.Errorf("%d operators by default", len(ops))
	}
	ops := pick(t, "literal_bool", "arithmetic")
	if len(ops) != 2 || ops[0].Name != "arithmetic" || ops[1].Name != "literal_bool" {
		t.Errorf("selected %v", ops)
	}
	for name, nearest := range map[string]string{"aritmetic": "arithmetic", "conditions_true": "condition_true", "": "bitwise"} {
		_, err := Select([]string{"bitwise", name}, "")
		if err == nil || !strings.Contains(err.Error(), `"`+nearest+`"`) {
			t.Errorf("select %q: error %v, want one that names %s", name, err, nearest)
		}
	}
}
