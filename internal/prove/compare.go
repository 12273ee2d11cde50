package prove

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

func (r *run) binary(s *state, e *ast.BinaryExpr) []result {
	switch e.Op {
	case token.LAND, token.LOR:
		return r.logical(s, e)
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		var list []result
		for _, v := range r.evalList(s, e.X, e.Y) {
			for _, b := range r.compare(v.state, e.Op, r.operand(e.X, v.values[0]), r.operand(e.Y, v.values[1])) {
				list = append(list, result{b.state, r.bool(b.truth)})
			}
		}
		return list
	}
	typ := r.Info.TypeOf(e)
	var list []result
	for _, v := range r.evalList(s, e.X, e.Y) {
		list = append(list, r.arithmetic(v.state, e.Op, typ, v.values[0], r.operand(e.Y, v.values[1]))...)
	}
	return list
}

// logical carries out && or ||.
func (r *run) logical(s *state, e *ast.BinaryExpr) []result {
	decides := e.Op == token.LOR
	var list []result
	for _, x := range r.eval(s, e.X) {
		for _, b := range r.asks(x.state, x.v) {
			if b.truth == decides {
				list = append(list, result{b.state, r.bool(decides)})
			} else {
				list = append(list, r.eval(b.state, e.Y)...)
			}
		}
	}
	return list
}

// operand is a value with its type.
type operand struct {
	*term
	typ types.Type
}

func (r *run) operand(e ast.Expr, v *term) operand { return operand{v, r.Info.TypeOf(e)} }

// compare forks by a comparison. Only where equality means that two values are the
// same, and nothing else, is it taken for that.
func (r *run) compare(s *state, op token.Token, x, y operand) []branch {
	r.plain(x.term, y.term)
	if r.withNil(x, y) || comparable(x.typ) && comparable(y.typ) {
		return r.fork(s, op, x.term, y.term)
	}
	a, b := r.convert(x.term, x.typ, y.typ), r.convert(y.term, y.typ, x.typ)
	equal := r.make("equal", types.Typ[types.Bool], a, b)
	states := []*state{s}
	if info := basicInfo(x.typ); info == 0 || basicInfo(y.typ) == 0 {
		why := r.make("uncomparable", nil, a, b)
		states = r.mayPanic(s, r.make("comparable", types.Typ[types.Bool], a, b), why)
	}
	if op == token.LSS || op == token.LEQ || op == token.GTR || op == token.GEQ {
		equal = r.make("float"+op.String(), types.Typ[types.Bool], a, b)
	}
	var list []branch
	for _, s := range states {
		for _, b := range r.asks(s, equal) {
			list = append(list, branch{b.state, b.truth != (op == token.NEQ)})
		}
	}
	return list
}

// withNil tells whether one side is nil, of the type of the other: an interface that
// holds a pointer that is nil is not nil.
func (r *run) withNil(x, y operand) bool {
	if x.term != r.none && y.term != r.none {
		return false
	}
	return isUntypedNil(x.typ) || isUntypedNil(y.typ) || types.IsInterface(x.typ) == types.IsInterface(y.typ)
}

func basicInfo(typ types.Type) types.BasicInfo {
	b, ok := typ.Underlying().(*types.Basic)
	if !ok {
		return 0
	}
	return b.Info()
}

// comparable tells whether values of a type that are equal are the same.
func comparable(typ types.Type) bool {
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsInteger|types.IsString|types.IsBoolean) != 0
	case *types.Pointer:
		return !mayBeEmpty(u.Elem())
	case *types.Chan:
		return true
	}
	return false
}

// mayBeEmpty tells whether values of a type may need no memory: pointers to such may
// be equal at one time and not at another.
func mayBeEmpty(typ types.Type) bool {
	switch u := typ.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if !mayBeEmpty(f.Type()) {
				return false
			}
		}
		return true
	case *types.Array:
		return u.Len() == 0 || mayBeEmpty(u.Elem())
	}
	return false
}

// arithmetic is x op y, which has type typ.
func (r *run) arithmetic(s *state, op token.Token, typ types.Type, x *term, y operand) []result {
	info := basicInfo(typ)
	if info&(types.IsInteger|types.IsString) == 0 {
		refuse()
	}
	states := []*state{s}
	switch op {
	case token.QUO, token.REM:
		states = nil
		for _, b := range r.fork(s, token.EQL, y.term, r.int(0)) {
			if b.truth {
				*r.stops = append(*r.stops, end{b.state, panicked, []*term{r.make("division by zero", nil)}})
			} else {
				states = append(states, b.state)
			}
		}
	case token.SHL, token.SHR:
		if y.val == nil && basicInfo(y.typ)&types.IsUnsigned == 0 {
			refuse()
		}
	}
	v := r.calculate(op, typ, x, y.term)
	var list []result
	for _, s := range states {
		list = append(list, result{s, v})
	}
	return list
}

// calculate is the term of x op y.
func (r *run) calculate(op token.Token, typ types.Type, x, y *term) *term {
	b := typ.Underlying().(*types.Basic)
	if x.val != nil && y.val != nil && op != token.SHL && op != token.SHR && (op != token.QUO && op != token.REM || constant.Sign(y.val) != 0) {
		if op == token.QUO {
			op = token.QUO_ASSIGN // between integers
		}
		if v := constant.BinaryOp(x.val, op, y.val); b.Info()&types.IsString != 0 || r.fits(v, b) {
			return r.constant(v)
		}
	}
	if n, ok := smallInt(y.val); ok && (op == token.ADD || op == token.SUB) && b.Info()&types.IsInteger != 0 {
		if op == token.SUB {
			n = -n
		}
		t := r.make("+"+r.typeID(b), typ, x, r.int(n))
		t.sum = true
		return t
	}
	return r.make(op.String()+" "+r.typeID(b), typ, x, y)
}

func smallInt(v constant.Value) (int64, bool) {
	if v == nil || v.Kind() != constant.Int {
		return 0, false
	}
	n, exact := constant.Int64Val(v)
	return n, exact && -1<<50 < n && n < 1<<50
}

// fits tells whether a number is one of an integer type.
func (r *run) fits(v constant.Value, b *types.Basic) bool {
	if v.Kind() != constant.Int {
		return false
	}
	bits := int(r.Sizes.Sizeof(b)) * 8
	if b.Info()&types.IsUnsigned != 0 {
		return constant.Sign(v) >= 0 && constant.BitLen(v) <= bits
	}
	return constant.BitLen(v) < bits
}
