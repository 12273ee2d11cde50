package lang

import (
	"regexp/syntax"
	"slices"
	"unicode"
)

// Matching is the set of strings that have a match of the pattern somewhere, as
// regexp.MatchString says.
func Matching(pattern string) *Set {
	r, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	return compile(r, true)
}

// Group is what the n-th group of a match may hold, 0 being the whole of it: an upper
// bound, with the empty string where a match may do without the group.
func Group(pattern string, n int) *Set {
	r, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || n < 0 || n > r.MaxCap() {
		return nil
	}
	if n == 0 {
		return compile(r, false)
	}
	sub, always := group(r, n)
	set := compile(sub, false)
	if !always {
		set = set.Or(Equal(""))
	}
	return set
}

// group finds the n-th group; always tells that every match of r has it.
func group(r *syntax.Regexp, n int) (sub *syntax.Regexp, always bool) {
	if r.Op == syntax.OpCapture && r.Cap == n {
		return r.Sub[0], true
	}
	for _, s := range r.Sub {
		if sub, always := group(s, n); sub != nil {
			switch r.Op {
			case syntax.OpCapture, syntax.OpConcat, syntax.OpPlus:
			case syntax.OpRepeat:
				always = always && r.Min > 0
			default:
				always = false
			}
			return sub, always
		}
	}
	return nil, false
}

// compile makes a set of an expression: of the strings that have a match of it somewhere,
// or of those that it takes as a whole wherever they stand.
func compile(r *syntax.Regexp, somewhere bool) *Set {
	prog, err := syntax.Compile(r.Simplify())
	if err != nil {
		return nil
	}
	p := &program{Prog: prog, somewhere: somewhere}
	if !p.regular() {
		return nil
	}
	a := p.alphabet()
	start := state(p.pack([]uint32{uint32(prog.Start)}, true))
	return explore(a, start, func(at state, c int) state { return p.step(at, p.sample[c]) }, p.ends)
}

// program is an expression as regexp runs it.
type program struct {
	*syntax.Prog
	somewhere bool
	sample    []rune // of each class

	last    state // what readers and done are of
	readers []uint32
	done    bool
}

// mostInstructions bounds the programs that are looked at.
const mostInstructions = 2000

// regular tells whether all assertions are of the begin or the end of the text. Where a
// group is meant, they do not matter.
func (p *program) regular() bool {
	if len(p.Inst) > mostInstructions {
		return false
	}
	for _, i := range p.Inst {
		if i.Op == syntax.InstEmptyWidth && p.somewhere && syntax.EmptyOp(i.Arg)&^(syntax.EmptyBeginText|syntax.EmptyEndText) != 0 {
			return false
		}
	}
	return true
}

// alphabet divides the runes as the instructions do.
func (p *program) alphabet() alphabet {
	cuts := []rune{0}
	var readers []*syntax.Inst
	for k := range p.Inst {
		i := &p.Inst[k]
		switch i.Op {
		case syntax.InstRune, syntax.InstRune1:
			cuts = append(cuts, borders(i)...)
		case syntax.InstRuneAnyNotNL:
			cuts = append(cuts, '\n', '\n'+1)
		case syntax.InstRuneAny:
		default:
			continue
		}
		readers = append(readers, i)
	}
	slices.Sort(cuts)
	a := alphabet{cuts: slices.DeleteFunc(slices.Compact(cuts), func(r rune) bool { return r > unicode.MaxRune })}
	numbers := map[string]int{}
	for _, r := range a.cuts {
		key := make([]byte, len(readers))
		for k, i := range readers {
			if i.MatchRune(r) {
				key[k] = 1
			}
		}
		n, known := numbers[string(key)]
		if !known {
			n = len(p.sample)
			numbers[string(key)], p.sample = n, append(p.sample, r)
		}
		a.class = append(a.class, n)
	}
	return a
}

// borders are the runes from which on an instruction says something else.
func borders(i *syntax.Inst) (cuts []rune) {
	if len(i.Rune) == 1 {
		first := i.Rune[0]
		cuts = append(cuts, first, first+1)
		for r := unicode.SimpleFold(first); r != first; r = unicode.SimpleFold(r) {
			cuts = append(cuts, r, r+1)
		}
		return cuts
	}
	for k := 0; k+1 < len(i.Rune); k += 2 {
		cuts = append(cuts, i.Rune[k], i.Rune[k+1]+1)
	}
	return cuts
}

// state is a set of instructions that wait for the next rune, in order. It begins with a 1
// where the text does.
type state string

// matched is the state of a text that has a match, whatever comes.
const matched state = "m"

func (p *program) pack(list []uint32, begin bool) state {
	slices.Sort(list)
	b := []byte{0}
	if begin {
		b[0] = 1
	}
	for _, pc := range slices.Compact(list) {
		b = append(b, byte(pc), byte(pc>>8))
	}
	return state(b)
}

func (p *program) step(at state, r rune) state {
	if at == matched {
		return matched
	}
	if at != p.last {
		p.last = at
		p.readers, p.done = p.follow(at, 0)
	}
	if p.done && p.somewhere {
		return matched
	}
	var list []uint32
	for _, pc := range p.readers {
		if i := &p.Inst[pc]; i.MatchRune(r) {
			list = append(list, i.Out)
		}
	}
	if p.somewhere {
		list = append(list, uint32(p.Start))
	}
	return p.pack(list, false)
}

func (p *program) ends(at state) bool {
	if at == matched {
		return true
	}
	_, done := p.follow(at, syntax.EmptyEndText)
	return done
}

// follow goes through all instructions that read nothing, where the assertions in holds
// hold. done tells that the match is complete.
func (p *program) follow(at state, holds syntax.EmptyOp) (readers []uint32, done bool) {
	if at[0] == 1 {
		holds |= syntax.EmptyBeginText
	}
	seen := make([]bool, len(p.Inst))
	var todo []uint32
	for k := 1; k < len(at); k += 2 {
		todo = append(todo, uint32(at[k])|uint32(at[k+1])<<8)
	}
	for len(todo) > 0 {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch i := &p.Inst[pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			todo = append(todo, i.Out, i.Arg)
		case syntax.InstCapture, syntax.InstNop:
			todo = append(todo, i.Out)
		case syntax.InstEmptyWidth:
			if !p.somewhere || syntax.EmptyOp(i.Arg)&^holds == 0 {
				todo = append(todo, i.Out)
			}
		case syntax.InstMatch:
			done = true
		case syntax.InstFail:
		default:
			readers = append(readers, pc)
		}
	}
	return readers, done
}
