package prove

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strconv"
)

// term is a value. Two terms are the same value wherever they are the same pointer.
type term struct {
	id     int
	op     string
	opID   int
	key    string
	args   []*term
	val    constant.Value // of a constant
	low    int64          // bounds of a number
	high   int64
	nonNil bool
	typ    types.Type // of what an interface holds
	memory bool       // it depends on what lies in memory
	text   bool       // it is a string
	sum    bool       // it is args[0] + the constant args[1], unless that overflows
}

const unbounded = math.MaxInt64 / 8

// terms makes terms, each once.
type terms struct {
	all   map[string]*term
	list  []*term
	ops   map[string]int
	work  solver // used again and again
	ids   map[types.Object]int
	types []types.Type
	word  int64 // the size of an int

	nought, empty, none *term
}

func newTerms(word int64) *terms {
	t := &terms{all: map[string]*term{}, ops: map[string]int{}, ids: map[types.Object]int{}, word: word}
	t.nought, t.empty, t.none = t.int(0), t.constant(constant.MakeString("")), t.make("nil", nil)
	t.work.t = t
	return t
}

// make is the term of an operation.
func (t *terms) make(op string, typ types.Type, args ...*term) *term {
	key := make([]byte, 0, 64)
	key = append(key, op...)
	for _, a := range args {
		key = append(key, ' ')
		key = strconv.AppendInt(key, int64(a.id), 10)
	}
	if old := t.all[string(key)]; old != nil {
		return old
	}
	opID, ok := t.ops[op]
	if !ok {
		opID = len(t.ops)
		t.ops[op] = opID
	}
	made := &term{id: len(t.list), op: op, opID: opID, key: string(key), args: args, low: -unbounded, high: unbounded}
	for _, a := range args {
		made.memory = made.memory || a.memory
	}
	made.bound(typ, t.word)
	t.all[made.key] = made
	t.list = append(t.list, made)
	return made
}

// bound notes what the type of a term tells.
func (t *term) bound(typ types.Type, word int64) {
	if typ == nil {
		return
	}
	b, ok := typ.Underlying().(*types.Basic)
	if !ok {
		return
	}
	t.text = b.Info()&types.IsString != 0
	if b.Info()&types.IsInteger != 0 {
		t.low, t.high = rangeOf(b, word)
	}
}

// rangeOf are the numbers of an integer type, as far as they are small.
func rangeOf(b *types.Basic, word int64) (low, high int64) {
	kind := b.Kind()
	if word == 4 && (kind == types.Int || kind == types.Uint || kind == types.Uintptr) {
		kind = map[types.BasicKind]types.BasicKind{types.Int: types.Int32, types.Uint: types.Uint32, types.Uintptr: types.Uint32}[kind]
	}
	switch kind {
	case types.Int8:
		return math.MinInt8, math.MaxInt8
	case types.Int16:
		return math.MinInt16, math.MaxInt16
	case types.Int32:
		return math.MinInt32, math.MaxInt32
	case types.Uint8:
		return 0, math.MaxUint8
	case types.Uint16:
		return 0, math.MaxUint16
	case types.Uint32:
		return 0, math.MaxUint32
	case types.Uint, types.Uint64, types.Uintptr:
		return 0, unbounded
	}
	return -unbounded, unbounded
}

// fresh is something of which nothing is known but its type.
func (t *terms) fresh(typ types.Type) *term {
	return t.make("?"+strconv.Itoa(len(t.list)), typ)
}

// memory is a memory of which nothing is known.
func (t *terms) freshMemory() *term {
	m := t.fresh(nil)
	m.memory = true
	return m
}

// constant is a value, whatever its type: 1 is the same number as an integer and as a
// float.
func (t *terms) constant(v constant.Value) *term {
	if whole := constant.ToInt(v); whole.Kind() == constant.Int {
		v = whole
	}
	made := t.make("="+v.ExactString(), nil)
	made.val = v
	switch v.Kind() {
	case constant.Int:
		if n, exact := constant.Int64Val(v); exact && -unbounded < n && n < unbounded {
			made.low, made.high = n, n
		}
	case constant.String:
		made.text = true
	}
	return made
}

func (t *terms) bool(b bool) *term { return t.constant(constant.MakeBool(b)) }

func (t *terms) int(n int64) *term { return t.constant(constant.MakeInt64(n)) }

// null is nil, of whatever type.
func (t *terms) null() *term { return t.none }

// forgetFrom takes back all terms but the first n.
func (t *terms) forgetFrom(n int) {
	for _, made := range t.list[n:] {
		delete(t.all, made.key)
	}
	t.list = t.list[:n]
}

// length is len(x); of maps and channels the memory is a part of x.
func (t *terms) length(x *term, elem int64) *term {
	if x.val != nil {
		return t.int(int64(len(constant.StringVal(x.val))))
	}
	if x.op == elements {
		return t.int(int64(len(x.args)))
	}
	n := t.make("len", types.Typ[types.Int], x)
	n.low = 0
	if elem > 0 {
		n.high = 1 << 50 // there is no more memory
	}
	return n
}

// elements is the operation whose arguments are the elements of a slice that nobody
// else has.
const elements = "elements"

// id is a number for an object or a type, as a part of the name of an operation.
func (t *terms) id(obj types.Object) string {
	n, ok := t.ids[obj]
	if !ok {
		n = len(t.ids)
		t.ids[obj] = n
	}
	return strconv.Itoa(n)
}

func (t *terms) typeID(typ types.Type) string {
	for i, other := range t.types {
		if types.Identical(typ, other) {
			return strconv.Itoa(i)
		}
	}
	t.types = append(t.types, typ)
	return strconv.Itoa(len(t.types) - 1)
}

// isTrue tells the value of a constant that is a bool.
func (t *term) isTrue() (value, known bool) {
	if t.val == nil || t.val.Kind() != constant.Bool {
		return false, false
	}
	return constant.BoolVal(t.val), true
}

// distinct tells whether two terms can never be the same.
func distinct(a, b *term) bool {
	switch {
	case a.val != nil && b.val != nil:
		return a.val.Kind() == b.val.Kind() && !constant.Compare(a.val, token.EQL, b.val)
	case a.op == "nil":
		return b.nonNil
	case b.op == "nil":
		return a.nonNil
	}
	return false
}
