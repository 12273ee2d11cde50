package schemata

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// prefix begins every name of ours in the user's package.
const prefix = "evilution_"

// unreachable ends a copy that must end in a terminating statement.
const unreachable = `panic("evilution: unreachable")`

// unreachable is a terminating statement at pos.
func (f *file) unreachable(pos token.Pos) string {
	if f.universe("panic", pos) {
		return unreachable
	}
	return "for {}"
}

// site writes one site: the switch, the mutants' texts and the original.
func (o *output) site(s *site, l *layer) {
	done := o.open(span{site: s})
	switch {
	case s.form == block:
		o.block(s, l)
	case s.form == statement || s.form == outer:
		o.chain(s, l)
	default:
		if _, simple := s.node.(ast.Stmt); simple {
			o.write("func() {")
			o.chain(s, l)
			o.write("}()")
		} else {
			o.expression(s, s.items, l)
		}
	}
	done()
}

// original writes the site as it is, with the sites in it. What is inserted just
// there stands before its switch.
func (o *output) original(s *site, l *layer) {
	rest := l.after(s.start)
	for len(rest.edits) > 0 && rest.edits[0].end == s.start {
		rest.edits = rest.edits[1:]
	}
	o.region(s.start, s.end, s.children, &rest)
}

// arm writes what a mutant has in place of its site.
func (o *output) arm(it *item) {
	pl := it.place()
	text := o.adapt(pl, it.number, it.fn)
	done := o.open(span{item: it})
	if strings.Contains(text, "\n") {
		o.at(pl.start)
	}
	o.write(text)
	done()
	if strings.LastIndex(text, "//") > strings.LastIndex(text, "\n") && pl.kind() != expressionArm {
		o.write("\n")
	}
}

// isActive asks for one mutant. Where the original says itself that the mutant is
// reached, the question is no answer to that.
func (o *output) isActive(it *item) string {
	name := "is"
	if it.marked {
		name = "at"
	}
	return fmt.Sprintf("%s%s(%d)", prefix, name, it.number)
}

// chain writes statements of which one is executed.
func (o *output) chain(s *site, l *layer) {
	if len(s.items) == 1 && strings.TrimSpace(s.items[0].place().arm) == "" {
		o.printf("if !%s {", o.isActive(s.items[0]))
		o.original(s, l)
		o.write("}")
		return
	}
	for _, it := range s.items {
		o.printf("if %s {", o.isActive(it))
		o.arm(it)
		o.write("} else ")
	}
	o.write("{")
	o.original(s, l)
	o.write("}")
}

// block writes the statements of a block. Those of a function literal stay in its
// outermost block, where a := may assign to its parameters.
func (o *output) block(s *site, l *layer) {
	lit, ok := o.parents[s.node].(*ast.FuncLit)
	if !ok {
		o.chain(s, l)
		return
	}
	leave := "return"
	if lit.Type.Results.NumFields() > 0 {
		leave = o.unreachable(lit.Body.Rbrace)
	}
	for _, it := range s.items {
		o.printf("if %s {", o.isActive(it))
		o.arm(it)
		o.printf(";%s};", leave)
	}
	o.original(s, l)
}

// expression writes a value: function literals outside, then short circuits,
// then helpers. All items of one form stand together.
func (o *output) expression(s *site, items []*item, l *layer) {
	if len(items) == 0 {
		o.original(s, l)
		return
	}
	last := items[len(items)-1].place()
	first := len(items)
	for first > 0 && joins(items[first-1].place(), last) && len(items)-first < maxValues {
		first--
	}
	group, rest := items[first:], items[:first]
	switch last.form {
	case literal:
		o.literal(s, group, rest, l)
	case circuit:
		o.circuit(s, group, rest, l)
	default:
		o.helper(s, group, rest, l)
	}
}

// maxValues is how many mutants one helper can choose from; a longer list is
// nested. It bounds the other forms too, for no other reason than shortness.
const maxValues = 4

func joins(a, b *place) bool { return a.form == b.form && a.result == b.result }

func (o *output) literal(s *site, group, rest []*item, l *layer) {
	o.printf("func() %s {", group[0].place().result)
	for _, it := range group {
		o.printf("if %s {return ", o.isActive(it))
		o.arm(it)
		o.write("};")
	}
	o.write("return ")
	o.expression(s, rest, l)
	o.write("}()")
}

func (o *output) circuit(s *site, group, rest []*item, l *layer) {
	o.write("(")
	for _, it := range group {
		o.printf("%s && (", o.isActive(it))
		o.arm(it)
		o.write(") || ")
	}
	o.printf("%soff(%d, %d) && (", prefix, group[0].number, len(group))
	var compared []*item
	for _, it := range group {
		if it.place().harmless {
			compared = append(compared, it)
			o.printf("%ssame(%d, ", prefix, it.number)
		}
	}
	o.expression(s, rest, l)
	for _, it := range slices.Backward(compared) {
		o.write(", ")
		o.arm(it)
		o.write(")")
	}
	o.write("))")
}

func (o *output) helper(s *site, group, rest []*item, l *layer) {
	name, pl := "v", group[0].place()
	if pl.text {
		name = "s"
	}
	o.printf("%s%s%d", prefix, name, len(group))
	if pl.result != "" {
		o.printf("[%s]", pl.result)
	}
	o.printf("(%d, ", group[0].number)
	o.expression(s, rest, l)
	for _, it := range group {
		o.write(", ")
		if it.place().eager && len(s.children) > 0 {
			o.printf("%swants(%d) && (", prefix, it.number)
			o.arm(it)
			o.write(")")
		} else {
			o.arm(it)
		}
	}
	o.write(")")
}
