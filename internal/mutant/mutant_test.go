package mutant

import (
	"bytes"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

func TestApply(t *testing.T) {
	const src = "\ufeffpackage a // comment\r\n\r\nvar x = a + b\r\n"
	at := strings.Index(src, "a + b")
	for _, test := range []struct {
		name    string
		m       Mutant
		want    string
		problem string
	}{
		{"one edit", Mutant{Edits: []Edit{{"f", at + 2, "+", "-"}}}, strings.Replace(src, "+", "-", 1), ""},
		{"two edits, last first", Mutant{Edits: []Edit{{"f", at + 4, "b", "c"}, {"f", at, "", "z"}}}, strings.Replace(src, "a + b", "za + c", 1), ""},
		{"insertions keep their order", Mutant{Edits: []Edit{{"f", at, "", "1"}, {"f", at, "a", "2"}}}, strings.Replace(src, "a + b", "12 + b", 1), ""},
		{"other file", Mutant{Edits: []Edit{{"g", 0, "zzz", ""}}}, src, ""},
		{"import", Mutant{Imports: []Import{{"f", `e "errors"`}, {"g", `"fmt"`}}}, strings.Replace(src, "package a", `package a; import e "errors"`, 1), ""},
		{"original differs", Mutant{Edits: []Edit{{"f", at, "b", ""}}}, "", "does not read"},
		{"overlap", Mutant{Edits: []Edit{{"f", at, "a +", ""}, {"f", at + 2, "+", "-"}}}, "", "overlaps"},
		{"outside", Mutant{Edits: []Edit{{"f", 1000, "", "x"}}}, "", "outside"},
		{"negative", Mutant{Edits: []Edit{{"f", -1, "", "x"}}}, "", "outside"},
	} {
		got, err := Apply("f", []byte(src), &test.m)
		if test.problem != "" {
			if err == nil || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("%s: error %v, want %q", test.name, err, test.problem)
			}
			continue
		}
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %q, %v, want %q", test.name, got, err, test.want)
		}
	}
}

func TestUnique(t *testing.T) {
	key := func(s string) string { return s + strings.Repeat("0", 64-len(s)) }
	a, b, c := &Mutant{Key: key("111111111111aaab")}, &Mutant{Key: key("111111111111aaac")}, &Mutant{Key: key("2")}
	if err := Unique([]*Mutant{a, b, c}); err != nil {
		t.Fatal(err)
	}
	if a.ID != "111111111111aaab" || b.ID != "111111111111aaac" || c.ID != key("2")[:12] {
		t.Errorf("ids %s %s %s", a.ID, b.ID, c.ID)
	}
	if err := Unique([]*Mutant{a, {Key: a.Key}}); err == nil {
		t.Error("no error for two mutants with one key")
	}
	if err := Unique([]*Mutant{{}}); err == nil {
		t.Error("no error for a mutant without a key")
	}
}

func TestIdentify(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range []Mutant{{Package: "p", Function: "f"}, {Package: "pf"}, {Function: "pf"}, {Package: "p", Function: "f", Operator: "o"}} {
		for ordinal := range 2 {
			m.Identify("a", "b", ordinal)
			if len(m.ID) != 12 || len(m.Key) != 64 || seen[m.ID] {
				t.Errorf("%+v: id %q, key %q", m, m.ID, m.Key)
			}
			seen[m.ID] = true
		}
	}
}

// Whatever the edits, Apply either refuses them or changes exactly the bytes
// that they name.
func FuzzApply(f *testing.F) {
	f.Add([]byte("package a\n\nvar x = 1 + 2\n"), 19, 20, "3", 21, 22, "-", true)
	f.Add([]byte("package a"), 9, 9, "", 0, 7, "x", false)
	f.Fuzz(func(t *testing.T, src []byte, a1, a2 int, ra string, b1, b2 int, rb string, add bool) {
		cut := func(from, to int) (Edit, bool) {
			if from < 0 || to < from || to > len(src) {
				return Edit{}, false
			}
			return Edit{File: "f", Offset: from, Original: string(src[from:to])}, true
		}
		a, okA := cut(a1, a2)
		b, okB := cut(b1, b2)
		if !okA || !okB {
			return
		}
		a.Replacement, b.Replacement = ra, rb
		m := Mutant{Edits: []Edit{a, b}}
		if add {
			m.Imports = []Import{{"f", `evilution_errors "errors"`}}
		}
		before := bytes.Clone(src)
		got, err := Apply("f", src, &m)
		if !bytes.Equal(before, src) {
			t.Fatal("the source was changed")
		}
		if err != nil {
			return
		}
		want := len(src) - len(a.Original) - len(b.Original) + len(ra) + len(rb)
		if add {
			want += len(`; import evilution_errors "errors"`)
		}
		if len(got) != want {
			t.Fatalf("%d bytes, want %d", len(got), want)
		}
		if add && ra == a.Original && rb == b.Original {
			clean, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
			if err != nil {
				return
			}
			changed, err := parser.ParseFile(token.NewFileSet(), "", got, 0)
			if err != nil || len(changed.Imports) != len(clean.Imports)+1 {
				t.Fatalf("import not added: %v\n%s", err, got)
			}
		}
	})
}
