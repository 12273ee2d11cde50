package load

import (
	"cmp"
	"context"
	"maps"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// TestPackage is a package of the main modules that has tests.
type TestPackage struct {
	Path string // import path
	Dir  string // absolute
}

// Testers lists the packages that c.Patterns name, seen from the root of the module
// or workspace around c.Dir, whose tests' binaries hold at least one of the packages
// with the given import paths, in order of their paths. No pattern is "./...".
func Testers(ctx context.Context, c Config, holding []string) ([]TestPackage, error) {
	e, err := readEnv(ctx, c)
	if err != nil {
		return nil, err
	}
	conf := &packages.Config{
		Context: ctx, Dir: e.root(), Env: e.vars, Tests: true, BuildFlags: e.buildFlags(),
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedModule | packages.NeedForTest,
	}
	patterns := c.Patterns
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	loaded, err := packages.Load(conf, patterns...)
	if err != nil {
		return nil, explain(err.Error(), err)
	}
	wanted := make(map[string]bool)
	for _, path := range holding {
		wanted[path] = true
	}
	testers := make(map[string]TestPackage)
	for _, p := range loaded {
		if p.ForTest != "" && p.Module != nil && p.Module.Main && holds(p, wanted) {
			testers[p.ForTest] = TestPackage{Path: p.ForTest, Dir: folder(p)}
		}
	}
	return slices.SortedFunc(maps.Values(testers), func(a, b TestPackage) int { return cmp.Compare(a.Path, b.Path) }), nil
}

// holds tells whether p or anything that it imports is one of the wanted
// packages, as itself or compiled for a test.
func holds(p *packages.Package, wanted map[string]bool) bool {
	found := false
	packages.Visit([]*packages.Package{p}, func(q *packages.Package) bool {
		found = found || wanted[q.PkgPath]
		return !found
	}, nil)
	return found
}

// root is the folder of go.mod, or of go.work where there is no module.
func (e *environment) root() string {
	if e.goMod != "" {
		return filepath.Dir(e.goMod)
	}
	return filepath.Dir(e.goWork)
}
