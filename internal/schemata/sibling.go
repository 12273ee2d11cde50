package schemata

import (
	"fmt"
	"go/ast"
	"strings"
)

// sibling is a copy beside its function: how it is declared, and how it is called
// from there with what the function got.
type sibling struct {
	decl, call   string
	params, args []string
}

// sibling describes the copy of fn. Only what has a name is passed. A method of a
// generic type stays one, because the constraints of its type parameters cannot be
// written elsewhere.
func (f *file) sibling(fn *function) sibling {
	d := fn.node.(*ast.FuncDecl)
	name := fmt.Sprintf("%sc%d", prefix, fn.number)
	s := sibling{decl: "func " + name, call: name}
	if d.Recv != nil && isGeneric(d.Recv.List[0].Type) {
		field := d.Recv.List[0]
		s.decl, s.call = "func ("+f.text(field)+") "+name, field.Names[0].Name+"."+name
	} else if d.Recv != nil {
		s.pass(f, d.Recv)
	}
	s.pass(f, d.Type.Params)
	if list := d.Type.TypeParams; list != nil {
		s.decl += f.text(list)
		s.call += "[" + strings.Join(fieldNames(nil, &ast.FuncType{Params: list}), ", ") + "]"
	}
	s.decl += "(" + strings.Join(s.params, ", ") + ") "
	s.call += "(" + strings.Join(s.args, ", ") + ")"
	if d.Type.Results != nil {
		s.decl += f.text(d.Type.Results)
	}
	return s
}

// pass adds those of the parameters in list that have names.
func (s *sibling) pass(f *file, list *ast.FieldList) {
	for _, field := range list.List {
		dots := ""
		if _, variadic := field.Type.(*ast.Ellipsis); variadic {
			dots = "..."
		}
		for _, id := range field.Names {
			if id.Name != "_" {
				s.params = append(s.params, id.Name+" "+f.text(field.Type))
				s.args = append(s.args, id.Name+dots)
			}
		}
	}
}

// function writes both bodies of f, from behind the opening brace; it returns
// where the original goes on.
func (o *output) function(f *function) (end int) {
	body := f.body()
	start, end := o.offset(body.Lbrace)+1, o.offset(body.Rbrace)
	_, typ := f.signature()
	results := typ.Results != nil && len(typ.Results.List) > 0
	if f.beside {
		o.beside(f, results)
		return end + 1
	}
	done := o.open(span{fn: f})
	o.printf("if %son[%d] {", prefix, f.number)
	o.copy(f, results)
	o.write("};")
	done()
	o.source(start, end)
	return end
}

// beside writes f, which asks for its switch, and the copy after it.
func (o *output) beside(f *function, results bool) {
	body, s := f.body(), o.sibling(f)
	done := o.open(span{fn: f})
	o.printf("if %son[%d] {", prefix, f.number)
	if results {
		o.printf("return %s};", s.call)
	} else {
		o.printf("%s;return};", s.call)
	}
	done()
	o.source(o.offset(body.Lbrace)+1, o.offset(body.Rbrace))
	o.write("};")
	done = o.open(span{fn: f})
	o.write(s.decl + "{")
	o.copy(f, results)
	o.write("}")
	done()
}

// copy writes what stands between the braces of the copy of f.
func (o *output) copy(f *function, results bool) {
	body := f.body()
	o.printf("%scall(%d);", prefix, f.number)
	leave := "return"
	if results {
		leave = o.unreachable(body.Rbrace)
	}
	for _, it := range f.whole {
		o.printf("if %s {", o.isActive(it))
		o.arm(it)
		o.printf(";%s};", leave)
	}
	o.region(o.offset(body.Lbrace)+1, o.offset(body.Rbrace), f.sites, &layer{edits: f.copyEdits()}, false)
	o.printf(";%s", leave)
}
