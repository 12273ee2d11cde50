package prove

import (
	"go/constant"
	"go/token"
)

// branch is one side of a fork.
type branch struct {
	*state
	truth bool
}

// fork asks whether a op b, of one way both if nothing decides it.
func (r *run) fork(s *state, op token.Token, a, b *term) []branch {
	switch {
	case a.val != nil && b.val != nil && a.val.Kind() == b.val.Kind() && a.val.Kind() != constant.Bool:
		return []branch{{s, constant.Compare(a.val, op, b.val)}}
	case op == token.NEQ, op == token.GEQ, op == token.GTR:
		opposite := map[token.Token]token.Token{token.NEQ: token.EQL, token.GEQ: token.LSS, token.GTR: token.LEQ}
		list := r.fork(s, opposite[op], a, b)
		for i := range list {
			list[i].truth = !list[i].truth
		}
		return list
	case a == b:
		return []branch{{s, op != token.LSS}}
	case op == token.EQL && distinct(a, b):
		return []branch{{s, false}}
	}
	yes, no := s.know(op, a, b), s.know(token.NEQ, a, b)
	switch op {
	case token.LSS:
		no = s.know(token.LEQ, b, a)
	case token.LEQ:
		no = s.know(token.LSS, b, a)
	}
	switch { // one of the two is possible
	case s.knows(yes.facts), !s.knows(no.facts) && no.related() && !r.possible(no):
		return []branch{{s, true}}
	case s.knows(no.facts), yes.related() && !r.possible(yes):
		return []branch{{s, false}}
	}
	if s.pair == "" {
		yes.way, no.way = s.way+"1", s.way+"0"
	}
	return []branch{{yes, true}, {no, false}}
}

// knows tells whether a fact is known literally.
func (s *state) knows(f *fact) bool {
	for known := s.facts; known != nil; known = known.prev {
		if known.op == f.op && (known.a == f.a && known.b == f.b || known.a == f.b && known.b == f.a && (f.op == token.EQL || f.op == token.NEQ)) {
			return true
		}
	}
	return false
}

// asks forks by a bool.
func (r *run) asks(s *state, v *term) []branch {
	if truth, known := v.isTrue(); known {
		return []branch{{s, truth}}
	}
	list := r.fork(s, token.EQL, v, r.bool(true))
	for i := range list {
		if !list[i].truth {
			list[i].state = list[i].know(token.EQL, v, r.bool(false))
		}
	}
	return list
}

// mayPanic goes on where ok, a bool, is true, and ends by a panic with why otherwise.
func (r *run) mayPanic(s *state, ok, why *term) []*state {
	var list []*state
	for _, b := range r.asks(s, ok) {
		if b.truth {
			list = append(list, b.state)
		} else {
			*r.stops = append(*r.stops, end{b.state, panicked, []*term{why}})
		}
	}
	return list
}

// notNil goes on where p is not nil.
func (r *run) notNil(s *state, p *term) []*state {
	if p.nonNil {
		return []*state{s}
	}
	var list []*state
	for _, b := range r.fork(s, token.EQL, p, r.null()) {
		if b.truth {
			*r.stops = append(*r.stops, end{b.state, panicked, []*term{r.make("nothing there", nil)}})
		} else {
			list = append(list, b.state)
		}
	}
	return list
}
