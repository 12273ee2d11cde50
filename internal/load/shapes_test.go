package load

import (
	"path/filepath"
	"slices"
	"testing"
)

// The shapes that modules come in: old and missing go lines, vendored packages,
// workspaces, cgo, nested modules.
func TestShapes(t *testing.T) {
	const file = "-- x.go --\npackage x\n"
	for _, test := range []struct {
		name, archive, dir string
		patterns           []string
		paths              []string
		module, version    string
		rel                string // of the first file
	}{
		{"go 1.12", "-- go.mod --\nmodule old\n\ngo 1.12\n" + file, "", nil, []string{"old"}, "old", "1.12", "x.go"},
		{"no go line", "-- go.mod --\nmodule old\n" + file, "", nil, []string{"old"}, "old", "1.16", "x.go"},
		{"folder below the root", "-- go.mod --\nmodule m\n\ngo 1.22\n-- a/b/x.go --\npackage b\n", "a", []string{"./b"}, []string{"m/a/b"}, "m", "1.22", "a/b/x.go"},
		{"vendor", "-- go.mod --\nmodule m\n\ngo 1.22\n\nrequire dep.example/d v1.0.0\n" +
			"-- vendor/modules.txt --\n# dep.example/d v1.0.0\n## explicit; go 1.20\ndep.example/d\n" +
			"-- vendor/dep.example/d/d.go --\npackage d\n\nfunc F() {}\n" +
			"-- x.go --\npackage x\n\nimport \"dep.example/d\"\n\nfunc X() { d.F() }\n", "", []string{"./..."}, []string{"m"}, "m", "1.22", "x.go"},
		{"workspace, in a module", joined, "one", []string{"./..."}, []string{"one"}, "one", "1.22", "x.go"},
		{"workspace, both modules", joined, "one", []string{"one", "two"}, []string{"one", "two"}, "one", "1.22", "x.go"},
		{"workspace root", joined, "", []string{"./one", "./two"}, []string{"one", "two"}, "one, two", "1.22", "one/x.go"},
		{"nested module left out", "-- go.mod --\nmodule m\n\ngo 1.22\n" + file + "-- in/go.mod --\nmodule in\n-- in/x.go --\npackage in\n", "", []string{"./..."}, []string{"m"}, "m", "1.22", "x.go"},
		{"nested module itself", "-- go.mod --\nmodule m\n\ngo 1.22\n" + file + "-- in/go.mod --\nmodule in\n-- in/x.go --\npackage in\n", "in", []string{"."}, []string{"in"}, "in", "1.16", "x.go"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := mustLoad(t, tree(t, test.archive), Config{Dir: test.dir, Patterns: test.patterns})
			if got := paths(m); !slices.Equal(got, test.paths) {
				t.Fatalf("packages %q, want %q", got, test.paths)
			}
			if m.Path != test.module || m.GoVersion != test.version {
				t.Errorf("module %q, version %q", m.Path, m.GoVersion)
			}
			p := m.Packages[0]
			if p.Files[0].Rel != test.rel || p.GoVersion != "go"+test.version || len(p.Errors) > 0 {
				t.Errorf("package %+v", p)
			}
		})
	}
}

const joined = `
-- go.work --
go 1.22

use (
	./one
	./two
)
-- one/go.mod --
module one

go 1.22
-- one/x.go --
package x

import "two"

var X = two.X
-- two/go.mod --
module two

go 1.22
-- two/x.go --
package two

var X = 1
`

func TestCgo(t *testing.T) {
	m := mustLoad(t, tree(t, `
-- go.mod --
module m

go 1.22
-- c.go --
package m

// static int twice(int x) { return 2*x; }
import "C"

func Twice(x int) int { return int(C.twice(C.int(x))) }
-- g.go --
package m

func Four(x int) int { return Twice(Twice(x)) }
`), Config{})
	p := m.Packages[0]
	if len(p.Errors) > 0 {
		t.Fatal(p.Errors)
	}
	if len(p.Skipped) > 0 || p.Native == nil {
		t.Fatalf("skipped %+v, native view %v", p.Skipped, p.Native)
	}
	if got := ownFiles(p); !slices.Equal(got, []string{"g.go"}) {
		t.Errorf("own files %q", got)
	}
	if got := ownFiles(p.Native); !slices.Equal(got, []string{"c.go"}) {
		t.Errorf("own files of the native view %q", got)
	}
	if twice := p.Native.Types.Scope().Lookup("Twice"); twice == nil || twice.Type().String() != "func(x int) int" {
		t.Errorf("Twice is %v", twice)
	}
}

// ownFiles are the names of the files that have mutants.
func ownFiles(p *Package) []string {
	var own []string
	for _, f := range p.Files {
		if !f.Derived {
			own = append(own, filepath.Base(f.Path))
		}
	}
	return own
}

// A build constraint can set a file's language version apart from its module's.
func TestFileVersion(t *testing.T) {
	m := mustLoad(t, tree(t, "-- go.mod --\nmodule m\n\ngo 1.20\n-- a.go --\npackage m\n-- b.go --\n//go:build go1.22\n\npackage m\n"), Config{})
	files := m.Packages[0].Files
	if files[0].GoVersion != "go1.20" || files[1].GoVersion != "go1.22" {
		t.Errorf("versions %s, %s", files[0].GoVersion, files[1].GoVersion)
	}
}
