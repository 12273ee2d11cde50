package load

import (
	"cmp"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// assemble makes our values out of those of the packages library.
func assemble(e *environment, roots []*packages.Package, sources *sourceTable) *Module {
	m := &Module{Dir: e.root(), Work: e.goWork, Env: e.values}
	for _, p := range roots {
		if e.goMod != "" && p.Module.GoMod == e.goMod {
			m.Path, m.GoVersion = p.Module.Path, languageVersion(p.Module.GoVersion)
		}
		m.Packages = append(m.Packages, newPackage(e, m.Dir, p, sources))
	}
	if m.GoVersion == "" && len(roots) > 0 {
		m.GoVersion = languageVersion(roots[0].Module.GoVersion)
	}
	if e.goMod == "" {
		m.Path = strings.Join(modulesOf(roots), ", ")
	}
	slices.SortFunc(m.Packages, func(a, b *Package) int { return cmp.Compare(a.Path, b.Path) })
	return m
}

// modulesOf are the paths of the modules of roots.
func modulesOf(roots []*packages.Package) []string {
	var paths []string
	for _, p := range roots {
		paths = append(paths, p.Module.Path)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// languageVersion is the version of a go line; without one the go command
// compiles as Go 1.16.
func languageVersion(line string) string {
	if line == "" {
		return "1.16"
	}
	return line
}

func newPackage(e *environment, root string, p *packages.Package, sources *sourceTable) *Package {
	q := &Package{
		Path: p.PkgPath, Name: p.Name, Dir: folder(p),
		Module: p.Module.Path, ModuleDir: p.Module.Dir,
		GoVersion: "go" + languageVersion(p.Module.GoVersion),
		Fset:      p.Fset, Types: p.Types, Info: p.TypesInfo, Sizes: p.TypesSizes,
		Importer: newImporter(p),
	}
	q.Errors = messages(root, p.Errors)
	q.HasTests = hasTests(e, q.Dir)
	user := map[string]bool{}
	for _, name := range p.GoFiles {
		user[name] = true
	}
	for _, syntax := range p.Syntax {
		name := p.Fset.PositionFor(syntax.FileStart, false).Filename
		q.Files = append(q.Files, &File{
			Path: name, Rel: relative(root, name), Source: sources.bytes[name], Syntax: syntax,
			GoVersion: fileVersion(q, syntax), Generated: ast.IsGenerated(syntax), Derived: !user[name],
		})
		delete(user, name)
	}
	slices.SortFunc(q.Files, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	q.addNative(root, p, user)
	return q
}

// addNative adds the view of the files that cgo has rewritten; they are among
// those of the user that left is true for.
func (q *Package) addNative(root string, p *packages.Package, left map[string]bool) {
	var names []string
	for _, name := range p.GoFiles {
		if left[name] && importsC(name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 || len(q.Errors) > 0 {
		return
	}
	why := ""
	if q.Native, why = native(root, p, q, names); q.Native == nil {
		for _, name := range names {
			q.Skipped = append(q.Skipped, Skipped{relative(root, name), `imports "C": ` + why})
		}
	}
}

// messages are errors as users read them: one line each, with files named as in
// reports. The compiler's own output, which begins with a line "# package" and
// comes from asking for export data, only counts where the checker found nothing.
func messages(root string, problems []packages.Error) []string {
	var checked, compiled []string
	for _, e := range problems {
		text := strings.TrimSpace(e.Msg)
		if rest, ok := strings.CutPrefix(text, "# "); ok {
			_, rest, _ = strings.Cut(rest, "\n")
			compiled = append(compiled, oneLine(rest, text))
			continue
		}
		text = oneLine(text, "unknown error")
		if name, place, ok := strings.Cut(e.Pos, ":"); ok {
			text = relative(root, name) + ":" + place + ": " + text
		}
		checked = append(checked, text)
	}
	if len(checked) == 0 {
		return compiled
	}
	return checked
}

func fileVersion(p *Package, syntax *ast.File) string {
	if p.Info != nil && p.Info.FileVersions[syntax] != "" {
		return p.Info.FileVersions[syntax]
	}
	return p.GoVersion
}

// relative names a file as reports do.
func relative(root, name string) string {
	if rel, err := filepath.Rel(root, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(name)
}

// importsC tells whether a file goes through cgo. One that cannot be read does not.
func importsC(name string) bool {
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"C"` })
}

// hasTests looks for a test file in dir that e's platform and tags select.
func hasTests(e *environment, dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	ctxt := build.Default
	ctxt.GOOS, ctxt.GOARCH, ctxt.CgoEnabled, ctxt.BuildTags = e.goos, e.goarch, e.cgo, e.tags
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !strings.HasSuffix(name, "_test.go") {
			continue
		}
		if ok, err := ctxt.MatchFile(dir, name); ok && err == nil {
			return true
		}
	}
	return false
}
