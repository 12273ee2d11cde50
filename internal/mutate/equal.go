package mutate

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// Mutants that are proved to make no difference, or only that of another mutant.

// sameAnyway tells why it makes no difference to which side the comparison b
// counts equal operands, or nothing where it may: the branch that it decides about
// gives one operand the value of the other, or returns one of the two.
func (c *finder) sameAnyway(b *ast.BinaryExpr) string {
	branch, ok := c.parent(0).(*ast.IfStmt)
	if !ok || branch.Cond != b || branch.Else != nil || len(branch.Body.List) != 1 || !c.exactOpposite(b) {
		return ""
	}
	var got, want [2]string
	want = [2]string{c.text(b.X), c.text(b.Y)}
	switch s := branch.Body.List[0].(type) {
	case *ast.AssignStmt:
		if s.Tok != token.ASSIGN || len(s.Lhs) != 1 || len(s.Rhs) != 1 {
			return ""
		}
		got = [2]string{c.text(s.Lhs[0]), c.text(s.Rhs[0])}
	case *ast.ReturnStmt:
		next, ok := c.following(branch).(*ast.ReturnStmt)
		if !ok || len(s.Results) != 1 || len(next.Results) != 1 {
			return ""
		}
		got = [2]string{c.text(s.Results[0]), c.text(next.Results[0])}
	}
	swapped := [2]string{got[1], got[0]}
	if got != want && swapped != want || !c.pure(b) {
		return ""
	}
	return "equal operands give the same either way"
}

// following is the statement behind s, which is the parent of the current node.
func (c *finder) following(s ast.Stmt) ast.Stmt {
	var list []ast.Stmt
	switch up := c.parent(1).(type) {
	case *ast.BlockStmt:
		list = up.List
	case *ast.CaseClause:
		list = up.Body
	}
	for i, other := range list[:max(0, len(list)-1)] {
		if other == s {
			return list[i+1]
		}
	}
	return nil
}

// fixedAnyway names the mutant that b would repeat with the operator to: a length
// is always at least 0.
func (c *finder) fixedAnyway(b *ast.BinaryExpr, to token.Token) []twin {
	count, number := b.X, b.Y
	if !c.is(number, 0) {
		count, number, to = b.Y, b.X, mirrored[to]
	}
	if !c.is(number, 0) || !c.isCount(count) {
		return nil
	}
	switch to {
	case token.GEQ:
		return []twin{{b, []string{"condition_true"}}}
	case token.LSS:
		return []twin{{b, []string{"condition_false"}}}
	}
	return nil
}

// onlyWhether tells whether the result of a search, the current node, is asked for
// nothing but whether anything was found. Then it does not matter where.
func (c *finder) onlyWhether(call *ast.CallExpr, name string) bool {
	b, ok := c.parent(0).(*ast.BinaryExpr)
	if !ok || !strings.Contains(name, "Index") {
		return false
	}
	op, other := b.Op, b.Y
	if b.Y == call {
		op, other = mirrored[op], b.X
	}
	switch op {
	case token.EQL, token.NEQ, token.GTR, token.LEQ:
		return c.is(other, -1)
	case token.LSS, token.GEQ:
		return c.is(other, 0)
	}
	return false
}

// isSymmetric tells whether a function gives the same when its arguments are
// exchanged.
func (c *finder) isSymmetric(call *ast.CallExpr) bool {
	fn := c.callee(call)
	return fn != nil && fn.Pkg() != nil && slices.Contains(symmetric, fn.Pkg().Path()+"."+fn.Name())
}

var symmetric = []string{
	"bytes.Equal", "bytes.EqualFold", "strings.EqualFold", "slices.Equal", "maps.Equal", "reflect.DeepEqual",
	"math.Max", "math.Min", "math.Hypot", "crypto/subtle.ConstantTimeCompare", "os.SameFile",
}

// takesFixed tells whether the slice s, the current node, is the argument of a
// function that looks at as many elements as it needs, however many there are.
func (c *finder) takesFixed(s *ast.SliceExpr) bool {
	call, ok := c.parent(0).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 || call.Args[0] != s {
		return false
	}
	fn := c.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "encoding/binary":
		return strings.Contains(fn.Name(), "Uint")
	case "encoding/hex", "encoding/base64", "encoding/base32":
		return fn.Name() == "Encode"
	}
	return false
}
