package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp/syntax"
	"strings"
)

// What a regular expression has proved of the groups that it has matched.

// groupLength is the least length that e has, a group of a match: m[3] where m is
// what a pattern has found, and the pattern has that group in every match.
func (c *finder) groupLength(e ast.Expr) int {
	index, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return 0
	}
	n, small := smallInt(c.info.Types[index.Index].Value)
	m, ok := index.X.(*ast.Ident)
	if !ok || !small || n < 0 {
		return 0
	}
	pattern, ok := c.foundBy(m)
	if !ok {
		return 0
	}
	r, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0
	}
	return leastGroup(r, int(n))
}

// leastGroup is the least length of what the n-th group matches, 0 where a match may
// do without the group.
func leastGroup(r *syntax.Regexp, n int) int {
	switch r.Op {
	case syntax.OpCapture:
		if r.Cap == n {
			return least(r.Sub[0])
		}
		return leastGroup(r.Sub[0], n)
	case syntax.OpConcat:
		for _, sub := range r.Sub {
			if l := leastGroup(sub, n); l > 0 {
				return l
			}
		}
	case syntax.OpPlus:
		return leastGroup(r.Sub[0], n)
	case syntax.OpRepeat:
		if r.Min > 0 {
			return leastGroup(r.Sub[0], n)
		}
	}
	return 0
}

// least is the least number of bytes that r matches.
func least(r *syntax.Regexp) int {
	switch r.Op {
	case syntax.OpLiteral:
		return len(r.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1
	case syntax.OpCapture, syntax.OpPlus:
		return least(r.Sub[0])
	case syntax.OpRepeat:
		return r.Min * least(r.Sub[0])
	case syntax.OpConcat:
		n := 0
		for _, sub := range r.Sub {
			n += least(sub)
		}
		return n
	case syntax.OpAlternate:
		n := least(r.Sub[0])
		for _, sub := range r.Sub[1:] {
			n = min(n, least(sub))
		}
		return n
	}
	return 0
}

// foundBy is the pattern whose match m is: m is set once, and nothing is done with it
// but to read its elements.
func (c *finder) foundBy(m *ast.Ident) (string, bool) {
	d, ok := c.decl.(*ast.FuncDecl)
	obj := c.info.ObjectOf(m)
	if !ok || obj == nil || !c.onlyRead(d, obj) {
		return "", false
	}
	call, ok := ast.Unparen(c.onlyValue(d.Body, obj)).(*ast.CallExpr)
	if !ok || c.qualified(call) != "regexp.Regexp.FindStringSubmatch" {
		return "", false
	}
	re, ok := call.Fun.(*ast.SelectorExpr).X.(*ast.Ident)
	if !ok {
		return "", false
	}
	return c.patternOf(re)
}

// onlyRead tells whether obj is used for nothing but its elements, its length, and
// to be compared.
func (c *finder) onlyRead(d *ast.FuncDecl, obj types.Object) bool {
	reads, uses := 0, 0
	is := func(e ast.Expr) bool { id, ok := e.(*ast.Ident); return ok && c.info.Uses[id] == obj }
	element := func(e ast.Expr) int { // 1: it is one
		if x, ok := ast.Unparen(e).(*ast.IndexExpr); ok && is(x.X) {
			return 1
		}
		return 0
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				reads -= element(e)
			}
		case *ast.RangeStmt:
			reads -= element(n.Key) + element(n.Value)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				reads -= element(n.X)
			}
		case *ast.IndexExpr:
			if is(n.X) {
				reads++
			}
		case *ast.BinaryExpr:
			if is(n.X) && c.isNil(n.Y) {
				reads++
			}
		case *ast.CallExpr:
			if c.isLength(n) && is(n.Args[0]) {
				reads++
			}
		case *ast.Ident:
			if is(n) {
				uses++
			}
		}
		return true
	})
	return reads == uses
}

// onlyValue is what the variable obj is set to in n, or nil where that is not one
// expression in one place, where it is declared if it is none of the package.
func (c *finder) onlyValue(n ast.Node, obj types.Object) ast.Expr {
	if value, times := c.values(n, obj); times == 1 {
		return value
	}
	return nil
}

// values counts the places in n that set obj, or may do so later, and returns the last
// expression that it is set to there, nil if that is none.
func (c *finder) values(n ast.Node, obj types.Object) (value ast.Expr, times int) {
	if obj == nil {
		return nil, 0
	}
	late := obj.Parent() == c.pkg.Types.Scope()
	is := func(e ast.Expr) bool { return e != nil && c.isVariable(ast.Unparen(e), obj) }
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if c.info.Defs[name] == obj && len(n.Values) > 0 {
					times++
					if len(n.Values) == len(n.Names) {
						value = n.Values[i]
					}
				}
			}
		case *ast.AssignStmt:
			for i, e := range n.Lhs {
				if is(e) {
					times++
					if len(n.Lhs) == len(n.Rhs) && (n.Tok == token.ASSIGN && late || n.Tok == token.DEFINE) {
						value = n.Rhs[i]
					}
				}
			}
		case *ast.RangeStmt:
			if is(n.Key) || is(n.Value) {
				times++
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && is(n.X) {
				times++
			}
		}
		return true
	})
	return value, times
}

// patternOf is the pattern that re, a variable of the package, is compiled from.
func (c *finder) patternOf(re *ast.Ident) (string, bool) {
	obj := c.info.ObjectOf(re)
	if obj == nil || obj.Parent() != c.pkg.Types.Scope() || obj.Exported() {
		return "", false
	}
	if known, asked := c.functions.patterns[obj]; asked {
		return known, known != ""
	}
	var value ast.Expr
	var in ast.Node
	times := 0
	for _, f := range c.pkg.Files {
		v, n := c.values(f.Syntax, obj)
		if times += n; v != nil {
			value, in = v, f.Syntax
		}
	}
	pattern := ""
	if call, ok := ast.Unparen(value).(*ast.CallExpr); ok && times == 1 && c.qualified(call) == "regexp.MustCompile" {
		pattern, _ = c.fixedText(in, call.Args[0])
	}
	if c.functions.patterns == nil {
		c.functions.patterns = map[types.Object]string{}
	}
	c.functions.patterns[obj] = pattern
	return pattern, pattern != ""
}

// fixedText is the string that e always is: a constant, what is put together from
// such, or a variable that is set to such once.
func (c *finder) fixedText(in ast.Node, e ast.Expr) (string, bool) {
	if v := c.info.Types[e].Value; v != nil {
		return constant.StringVal(v), v.Kind() == constant.String
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v := c.onlyValue(in, c.info.ObjectOf(e)); v != nil {
			return c.fixedText(in, v)
		}
	case *ast.BinaryExpr:
		x, xOK := c.fixedText(in, e.X)
		y, yOK := c.fixedText(in, e.Y)
		return x + y, xOK && yOK && e.Op == token.ADD
	case *ast.CallExpr:
		if c.qualified(e) == "fmt.Sprintf" {
			return c.fixedFormat(in, e.Args)
		}
	}
	return "", false
}

// fixedFormat is what fmt.Sprintf makes of a format with nothing but %s.
func (c *finder) fixedFormat(in ast.Node, args []ast.Expr) (string, bool) {
	format, ok := c.fixedText(in, args[0])
	parts := strings.Split(format, "%s")
	if !ok || len(parts) != len(args) || strings.Contains(strings.Join(parts, ""), "%") {
		return "", false
	}
	text := parts[0]
	for i, arg := range args[1:] {
		s, ok := c.fixedText(in, arg)
		if !ok {
			return "", false
		}
		text += s + parts[i+1]
	}
	return text, true
}
