package prove

import (
	"go/constant"
	"go/token"
)

// mostOrdered is how many values are put in order; of more nothing is concluded.
const mostOrdered = 24

// order is what is known of the distances between values: at[i][j] is the most that
// value i exceeds value j by. Strings have an order like that of numbers, of which
// nobody knows the distances.
type order struct {
	s     *solver
	terms []*term // one of each class; the first is the number 0
	at    [mostOrdered][mostOrdered]int64
}

// order concludes which classes are the same by their order; ok is false where there
// can be no such order.
func (s *solver) order() (merged, ok bool) {
	o := &s.ordered
	for _, t := range s.used {
		s.classes[t.id].node = 0
	}
	o.s, o.terms = s, o.terms[:0]
	o.node(s.t.nought)
	for _, f := range s.facts {
		if f.op == token.LSS || f.op == token.LEQ {
			o.node(f.a)
			o.node(f.b)
		}
	}
	if len(o.terms) == 1 && !s.sums {
		return false, true
	}
	for _, t := range s.used {
		if t.sum {
			o.node(t)
			o.node(t.args[0])
		}
	}
	if len(o.terms) > mostOrdered {
		return false, true
	}
	o.start()
	for {
		if !o.close() {
			return false, false
		}
		if !o.sums() {
			break
		}
	}
	return o.mergeEqual(), true
}

func (o *order) node(t *term) int {
	c := o.s.class(t)
	if t.val == nil && c.constant != nil {
		t = c.constant
	}
	if c.node == 0 {
		o.terms = append(o.terms, t)
		c.node = len(o.terms)
	}
	return c.node - 1
}

// start puts in what types, constants and facts tell.
func (o *order) start() {
	n := len(o.terms)
	for i := range n {
		for j := range n {
			o.at[i][j] = unbounded
		}
		o.at[i][i] = 0
	}
	for _, t := range o.s.used {
		if i := o.s.class(t).node - 1; i >= 0 {
			o.atMost(i, 0, t.high)
			o.atMost(0, i, -t.low)
		}
	}
	for i, a := range o.terms {
		for j, b := range o.terms {
			if isText(a) && (isText(b) && constant.Compare(a.val, token.LSS, b.val)) {
				o.atMost(i, j, -1)
			}
			if isText(a) && constant.StringVal(a.val) == "" && b.text {
				o.atMost(i, j, 0)
			}
		}
	}
	for _, f := range o.s.facts {
		switch f.op {
		case token.LSS:
			o.atMost(o.node(f.a), o.node(f.b), -1)
		case token.LEQ:
			o.atMost(o.node(f.a), o.node(f.b), 0)
		}
	}
}

func isText(t *term) bool { return t.val != nil && t.val.Kind() == constant.String }

func (o *order) atMost(i, j int, n int64) {
	if n < unbounded {
		o.at[i][j] = min(o.at[i][j], n)
	}
}

// close draws all conclusions; false where a value would be less than itself.
func (o *order) close() bool {
	n := len(o.terms)
	for k := range n {
		for i := range n {
			if o.at[i][k] == unbounded {
				continue
			}
			for j := range n {
				if o.at[k][j] != unbounded {
					o.atMost(i, j, max(o.at[i][k]+o.at[k][j], -unbounded))
				}
			}
		}
	}
	for i := range n {
		if o.at[i][i] < 0 {
			return false
		}
	}
	return true
}

// sums puts in x + n for those x that are known to be far from overflow, and tells
// whether that was new.
func (o *order) sums() (more bool) {
	for _, t := range o.s.used {
		if !t.sum {
			continue
		}
		i, x := o.node(t), o.node(t.args[0])
		n, _ := constant.Int64Val(t.args[1].val)
		low, high := sumRange(t)
		if o.at[x][0] == unbounded || o.at[0][x] == unbounded || -o.at[0][x]+n < low || o.at[x][0]+n > high {
			continue
		}
		if o.at[i][x] > n || o.at[x][i] > -n {
			o.atMost(i, x, n)
			o.atMost(x, i, -n)
			more = true
		}
	}
	return more
}

// sumRange is where a sum is sure not to have overflown.
func sumRange(t *term) (low, high int64) {
	const far = 1 << 53
	return max(t.low, -far), min(t.high, far)
}

func (o *order) mergeEqual() (merged bool) {
	for i := range o.terms {
		for j := range i {
			if o.at[i][j] <= 0 && o.at[j][i] <= 0 {
				merged = o.s.merge(o.terms[i].id, o.terms[j].id) || merged
			}
		}
	}
	return merged
}
