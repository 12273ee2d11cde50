package load

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// sourceTable keeps the bytes of the files that are being parsed, which happens
// on several goroutines of the packages library.
type sourceTable struct {
	mu    sync.Mutex
	bytes map[string][]byte
}

func (t *sourceTable) parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	t.mu.Lock()
	t.bytes[name] = src
	t.mu.Unlock()
	return parser.ParseFile(fset, name, src, parser.ParseComments|parser.AllErrors|parser.SkipObjectResolution)
}

// list loads the packages of the main modules that the patterns name, and sees
// to it that every pattern named one.
func list(ctx context.Context, c Config, e *environment) ([]*packages.Package, *sourceTable, error) {
	sources := &sourceTable{bytes: map[string][]byte{}}
	conf := &packages.Config{
		Context: ctx,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedExportFile | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
			packages.NeedTypesSizes | packages.NeedModule,
		Dir:       e.dir,
		Env:       e.vars,
		ParseFile: sources.parse,

		BuildFlags: e.buildFlags(),
	}
	patterns := c.Patterns
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	loaded, err := packages.Load(conf, patterns...)
	if err != nil {
		return nil, nil, explain(err.Error(), err)
	}
	roots, err := selectMain(e, patterns, loaded)
	return roots, sources, err
}

// selectMain keeps the packages of the main modules. A pattern that none of them
// matches is an error, with the go command's reason where it gave one.
func selectMain(e *environment, patterns []string, loaded []*packages.Package) ([]*packages.Package, error) {
	var roots []*packages.Package
	for _, p := range loaded {
		if p.Module != nil && p.Module.Main && folder(p) != "" {
			roots = append(roots, p)
		}
		for _, problem := range p.Errors {
			if strings.Contains(problem.Msg, "requires go >=") || strings.Contains(problem.Msg, "toolchain not available") {
				return nil, explain(problem.Msg, nil)
			}
		}
	}
	for _, pattern := range patterns {
		if !matchesAny(e, pattern, roots) {
			return nil, fmt.Errorf("load packages: %w %q%s", ErrNoMatch, pattern, why(pattern, loaded))
		}
	}
	return roots, nil
}

// why is what the go command said about a pattern that matched nothing of ours.
func why(pattern string, loaded []*packages.Package) string {
	for _, p := range loaded {
		if p.PkgPath != pattern && p.ID != pattern && !strings.HasSuffix(p.PkgPath, "/"+path.Clean(pattern)) {
			continue
		}
		if p.Module != nil && !p.Module.Main || p.Module == nil && len(p.Errors) == 0 {
			return ": it is not part of the main module"
		}
		if len(p.Errors) > 0 {
			return ": " + oneLine(p.Errors[0].Msg, "unknown error")
		}
	}
	return ""
}

// matchesAny tells whether pattern names one of roots. It only has to tell
// apart patterns in a list of which some were served, so it looks no closer
// than the part before the first "...".
func matchesAny(e *environment, pattern string, roots []*packages.Package) bool {
	prefix, _, wild := strings.Cut(pattern, "...")
	local := isPath(pattern)
	for _, p := range roots {
		name, want := p.PkgPath, prefix
		if local {
			name, want = folder(p), prefix
			if !filepath.IsAbs(want) {
				want = filepath.Join(e.dir, want)
			}
			want = filepath.Clean(want)
			if real, err := filepath.EvalSymlinks(want); err == nil {
				want = real
			}
		}
		want = strings.TrimSuffix(want, "/")
		if name == want || wild && strings.HasPrefix(name, want) || isMeta(pattern) {
			return true
		}
		if strings.HasSuffix(pattern, ".go") && filepath.Dir(want) == name {
			return true
		}
	}
	return false
}

// isPath tells whether pattern is a path in the file system.
func isPath(pattern string) bool {
	return pattern == "." || pattern == ".." || strings.HasPrefix(pattern, "./") ||
		strings.HasPrefix(pattern, "../") || filepath.IsAbs(pattern) || strings.HasSuffix(pattern, ".go")
}

func isMeta(pattern string) bool {
	return pattern == "all" || pattern == "work" || strings.Contains(pattern, "=")
}

// folder is the directory of a package, or empty where it has no file.
func folder(p *packages.Package) string {
	if p.Dir != "" {
		return p.Dir
	}
	for _, list := range [][]string{p.GoFiles, p.OtherFiles, p.IgnoredFiles} {
		if len(list) > 0 {
			return filepath.Dir(list[0])
		}
	}
	return ""
}
