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
	for _, o := range pick(t) {
		if o.Profile != Default {
			t.Errorf("%s is %s, and selected by default", o.Name, o.Profile)
		}
	}
	if all, err := Select(nil, "all"); err != nil || len(all) != len(Operators()) {
		t.Errorf("%d operators in all, error %v", len(all), err)
	}
	if _, err := Select(nil, "weak"); err == nil || !strings.Contains(err.Error(), "default, strong, all") {
		t.Errorf("select profile weak: error %v", err)
	}
	ops := pick(t, "literal_bool", "arithmetic")
	if len(ops) != 2 || ops[0].Name != "arithmetic" || ops[1].Name != "literal_bool" {
		t.Errorf("selected %v", ops)
	}
	for name, nearest := range map[string]string{"aritmetic": "arithmetic", "conditions_true": "condition_true", "BITWISE": "bitwise"} {
		_, err := Select([]string{"arithmetic", name}, "")
		if err == nil || !strings.Contains(err.Error(), `"`+nearest+`"`) {
			t.Errorf("select %q: error %v, want one that names %s", name, err, nearest)
		}
	}
}
