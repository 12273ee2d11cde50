package mutant

import (
	"bytes"
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"slices"
)

// Apply returns the text of file, which is src, as m has it: with its edits at
// their byte offsets and with the imports that they need, written behind the
// package clause so that no line moves. src is not changed. The error tells an
// edit that does not fit src: its original does not stand at its offset, or it
// overlaps another one.
func Apply(file string, src []byte, m *Mutant) ([]byte, error) {
	var edits []Edit
	for _, e := range m.Edits {
		if e.File == file {
			edits = append(edits, e)
		}
	}
	for _, i := range m.Imports {
		if i.File != file {
			continue
		}
		end, err := clauseEnd(src)
		if err != nil {
			return nil, fmt.Errorf("add import to %s: %w", file, err)
		}
		edits = append(edits, Edit{File: file, Offset: end, Replacement: "; import " + i.Spec})
	}
	return replace(src, edits)
}

// replace does edits in any order; those at the same offset in the order given.
func replace(src []byte, edits []Edit) ([]byte, error) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Compare(a.Offset, b.Offset) })
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		if e.Offset < last || e.Offset > len(src) {
			return nil, fmt.Errorf("edit %s at %d: it overlaps another edit or lies outside the file", e.File, e.Offset)
		}
		if !bytes.HasPrefix(src[e.Offset:], []byte(e.Original)) {
			return nil, fmt.Errorf("edit %s at %d: the file does not read %q there", e.File, e.Offset, e.Original)
		}
		out.Write(src[last:e.Offset])
		out.WriteString(e.Replacement)
		last = e.Offset + len(e.Original)
	}
	out.Write(src[last:])
	return out.Bytes(), nil
}

// clauseEnd is the offset behind the name in the package clause.
func clauseEnd(src []byte) (int, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.PackageClauseOnly)
	if err != nil {
		return 0, err
	}
	return fset.PositionFor(f.Name.End(), false).Offset, nil
}
