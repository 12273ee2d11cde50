package load

import (
	"context"
	"path"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// Narrow finds those of the packages that c names which hold one of the files,
// named with slashes from the module's root, and returns their import paths. The
// module has no packages. It is much cheaper than Load; the errors are the same.
func Narrow(ctx context.Context, c Config, files []string) (*Module, []string, error) {
	e, err := readEnv(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	patterns := c.Patterns
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	loaded, err := packages.Load(&packages.Config{
		Context: ctx, Dir: e.dir, Env: e.vars, BuildFlags: e.buildFlags(),
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedModule,
	}, patterns...)
	if err != nil {
		return nil, nil, explain(err.Error(), err)
	}
	roots, err := selectMain(e, patterns, loaded)
	if err != nil {
		return nil, nil, err
	}
	m := assemble(e, nil, nil)
	var holding []string
	for _, p := range roots {
		m.Path, m.GoVersion = p.Module.Path, languageVersion(p.Module.GoVersion)
		folder := relative(m.Dir, folder(p))
		if slices.ContainsFunc(files, func(file string) bool { return path.Dir(file) == filepath.ToSlash(folder) }) {
			holding = append(holding, p.PkgPath)
		}
	}
	return m, holding, nil
}
