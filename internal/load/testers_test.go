package load

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
)

// a is used by b's code, by c's own tests and by d's tests from outside; e has
// tests and nothing of it; f uses it and has no tests.
const users = `
-- go.mod --
module m

go 1.22
-- a/a.go --
package a

func A() {}
-- a/a_test.go --
package a
-- b/b.go --
package b

import "m/a"

func B() { a.A() }
-- b/b_test.go --
package b
-- c/c.go --
package c
-- c/c_test.go --
package c

import "m/b"

func init() { b.B() }
-- d/d.go --
package d
-- d/d_test.go --
package d_test

import "m/a"

func init() { a.A() }
-- e/e.go --
package e
-- e/e_test.go --
package e
-- f/f.go --
package f

import "m/a"

func F() { a.A() }
`

func TestTesters(t *testing.T) {
	root := tree(t, users)
	for _, test := range []struct {
		dir     string
		holding []string
		want    []string
	}{
		{"", []string{"m/a"}, []string{"m/a", "m/b", "m/c", "m/d"}},
		{"a", []string{"m/a"}, []string{"m/a", "m/b", "m/c", "m/d"}},
		{"", []string{"m/b"}, []string{"m/b", "m/c"}},
		{"", []string{"m/e", "m/f"}, []string{"m/e"}},
		{"", nil, nil},
	} {
		testers, err := Testers(context.Background(), Config{Dir: filepath.Join(root, test.dir)}, test.holding)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range testers {
			got = append(got, p.Path)
			if rel, _ := filepath.Rel(root, p.Dir); "m/"+rel != p.Path {
				t.Errorf("%s lies in %s", p.Path, p.Dir)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("testers of %v: %v, want %v", test.holding, got, test.want)
		}
	}
}
