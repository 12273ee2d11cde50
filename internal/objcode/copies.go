package objcode

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// Copy is one mutant's copy of its function.
type Copy struct {
	Mutant   int    // index in what Copies was given
	Original string // symbol of the function, without its package: F, T.M, (*T).M
	Symbol   string // symbol of the copy
	own      string // the name in it
	name     string // the function's name
}

// Copies returns the files that hold mutants, by the names that edits use, with a
// copy of the function for each mutant that can have one. read gives a file's text.
func Copies(mutants []*mutant.Mutant, read func(file string) ([]byte, error)) (map[string][]byte, []Copy, error) {
	files, sources := map[string][]byte{}, map[string]*source{}
	var copies []Copy
	for i, m := range mutants {
		if len(m.Edits) == 0 || len(m.Imports) > 0 {
			continue
		}
		name := m.Edits[0].File
		s := sources[name]
		if s == nil {
			text, err := read(name)
			if err != nil {
				return nil, nil, err
			}
			if s, err = parse(text); err != nil {
				return nil, nil, fmt.Errorf("parse %s: %w", name, err)
			}
			sources[name] = s
		}
		c, text := s.copy(i, m)
		if text == "" {
			continue
		}
		if files[name] == nil {
			files[name] = append(bytes.Clone(s.text), '\n')
		}
		files[name] = append(files[name], text+"\n"...)
		copies = append(copies, c)
	}
	return files, copies, nil
}

// source is one file.
type source struct {
	text []byte
	tok  *token.File
	file *ast.File
}

func parse(text []byte) (*source, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return &source{text, fset.File(f.FileStart), f}, nil
}

// copy is the text of the function around m, as m has it and with another name;
// empty where there can be none.
func (s *source) copy(i int, m *mutant.Mutant) (Copy, string) {
	d := s.around(m)
	if d == nil || d.Type.TypeParams != nil || d.Name.Name == "_" || d.Recv == nil && (d.Name.Name == "init" || d.Name.Name == "main") {
		return Copy{}, ""
	}
	prefix, ok := receiver(d)
	if !ok {
		return Copy{}, ""
	}
	own := fmt.Sprintf("evilution_same_%d_", i)
	start, end := s.tok.Offset(d.Type.Func), s.tok.Offset(d.End())
	part := &mutant.Mutant{Edits: []mutant.Edit{{File: "f", Offset: s.tok.Offset(d.Name.Pos()) - start, Original: d.Name.Name, Replacement: own}}}
	for _, e := range m.Edits {
		e.File, e.Offset = "f", e.Offset-start
		part.Edits = append(part.Edits, e)
	}
	text, err := mutant.Apply("f", s.text[start:end], part)
	if err != nil {
		return Copy{}, ""
	}
	return Copy{Mutant: i, Original: prefix + d.Name.Name, Symbol: prefix + own, own: own, name: d.Name.Name}, string(text)
}

// around is the function whose body holds all edits of m, or nil.
func (s *source) around(m *mutant.Mutant) *ast.FuncDecl {
	for _, decl := range s.file.Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok || d.Body == nil {
			continue
		}
		from, to, inside := s.tok.Offset(d.Body.Lbrace), s.tok.Offset(d.Body.End()), true
		for _, e := range m.Edits {
			inside = inside && e.File == m.Edits[0].File && from < e.Offset && e.Offset+len(e.Original) < to
		}
		if inside {
			return d
		}
	}
	return nil
}

// receiver is what stands before the name of a method in its symbol, with a dot.
func receiver(d *ast.FuncDecl) (string, bool) {
	if d.Recv == nil {
		return "", true
	}
	t := ast.Unparen(d.Recv.List[0].Type)
	star, pointer := t.(*ast.StarExpr)
	if pointer {
		t = ast.Unparen(star.X)
	}
	id, ok := t.(*ast.Ident)
	if !ok {
		return "", false // generic
	}
	if pointer {
		return "(*" + id.Name + ").", true
	}
	return id.Name + ".", true
}
