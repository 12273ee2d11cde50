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
	}
	s.decl += "(" + strings.Join(s.params, ", ") + ") "
	s.call += typeArgs(d) + "(" + strings.Join(s.args, ", ") + ")"
	if d.Type.Results != nil {
		s.decl += f.text(d.Type.Results)
	}
	return s
}

// typeArgs are the type parameters of d as the arguments of a call in it.
func typeArgs(d *ast.FuncDecl) string {
	if d.Type.TypeParams == nil {
		return ""
	}
	return "[" + strings.Join(fieldNames(nil, &ast.FuncType{Params: d.Type.TypeParams}), ", ") + "]"
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

// function writes the versions of f, from behind the opening brace; it returns
// where the original goes on.
func (o *output) function(f *function) (end int) {
	_, typ := f.signature()
	results := typ.Results.NumFields() > 0
	if f.quiet {
		o.beside(f, results)
		return o.offset(f.body().Rbrace) + 1
	}
	o.nested(f, results)
	return o.offset(f.body().Rbrace)
}

// beside writes f, which asks for its switch, and its other versions after it.
func (o *output) beside(f *function, results bool) {
	s, calls, asks := o.sibling(f), f.twinCalls(), "on"
	if len(calls) > 0 {
		asks = "near"
	}
	done := o.open(span{fn: f})
	o.printf("if %s%s[%d] {%s};", prefix, asks, f.number, leave(s.call, results))
	o.off(f, calls, results)
	o.write("};")
	if f.hasTwin() {
		o.twin(f, calls)
	}
	o.write(s.decl + "{")
	if len(calls) == 0 {
		o.copy(f, results)
	} else {
		o.nested(f, results)
	}
	o.write("}")
	done()
}

// nested writes both bodies of f, from behind the opening brace to before the
// closing one.
func (o *output) nested(f *function, results bool) {
	done := o.open(span{fn: f})
	o.printf("if %son[%d] {", prefix, f.number)
	o.copy(f, results)
	o.write("};")
	done()
	o.source(o.offset(f.body().Lbrace)+1, o.offset(f.body().Rbrace))
}

// leave returns what call does.
func leave(call string, results bool) string {
	if results {
		return "return " + call
	}
	return call + ";return"
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
	o.region(o.offset(body.Lbrace)+1, o.offset(body.Rbrace), f.sites, &layer{edits: f.copyEdits()})
	o.printf(";%s", leave)
}
