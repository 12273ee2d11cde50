package load

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// imported finds packages for checking changed text again. What the package
// imports already must come out as the very same *types.Package, or else every
// type of it would differ from itself; what a mutant imports in addition is read
// from the export data of the package's dependencies, and as a last resort from
// source.
type imported struct {
	direct  map[string]*packages.Package // by the path in the source, which vendoring can change
	exports map[string]string            // import path to export data file
	known   map[string]*types.Package    // every package seen so far, by path
	fset    *token.FileSet
	source  types.Importer
}

func newImporter(p *packages.Package) types.Importer {
	im := &imported{direct: p.Imports, exports: map[string]string{}, known: map[string]*types.Package{}, fset: p.Fset}
	packages.Visit([]*packages.Package{p}, nil, func(q *packages.Package) {
		if q != p && q.ExportFile != "" {
			im.exports[q.PkgPath] = q.ExportFile
		}
		im.know(q.Types)
	})
	return im
}

// know remembers t and what its export data mentions. The latter may be mere
// shells; reading their own export data fills them, so that a type has one
// identity however it was come by.
func (im *imported) know(t *types.Package) {
	if t == nil || im.known[t.Path()] == t || im.known[t.Path()] != nil && !t.Complete() {
		return
	}
	im.known[t.Path()] = t
	for _, dep := range t.Imports() {
		im.know(dep)
	}
}

// Import returns the package that path names in an import declaration.
func (im *imported) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if q := im.direct[path]; q != nil && q.Types != nil {
		return q.Types, nil
	}
	if t := im.known[path]; t != nil && t.Complete() {
		return t, nil
	}
	if file := im.exports[path]; file != "" {
		return im.read(path, file)
	}
	if im.source == nil {
		im.source = importer.ForCompiler(im.fset, "source", nil)
	}
	return im.source.Import(path)
}

func (im *imported) read(path, file string) (*types.Package, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("import %s: %w", path, err)
	}
	defer f.Close()
	// Up to Go 1.27 these files are archives, which Read alone does not take.
	r, err := gcexportdata.NewReader(f) //lint:ignore SA1019 needed as long as such a Go may be installed
	if err != nil {
		return nil, fmt.Errorf("import %s: %w", path, err)
	}
	return gcexportdata.Read(r, im.fset, im.known, path)
}
