package lang

import (
	"maps"
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
	return compile(r, true, nil)
}

// Holding is the set of strings that have a match of the pattern in which every group that
// groups names holds one of the given strings; a group that a match does without holds
// the empty one. It is an upper bound where a string has several matches, of which regexp
// finds the first.
func Holding(pattern string, groups map[int]*Set) *Set {
	r, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	for n, set := range groups {
		if set == nil || n < 1 || n > r.MaxCap() {
			return nil
		}
	}
	return compile(r, true, groups)
}

// Group is what the n-th group of a match may hold, 0 being the whole of it: an upper
// bound, with the empty string where a match may do without the group.
func Group(pattern string, n int) *Set {
	r, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || n < 0 || n > r.MaxCap() {
		return nil
	}
	if n == 0 {
		return compile(r, false, nil)
	}
	sub, always := group(r, n)
	set := compile(sub, false, nil)
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
func compile(r *syntax.Regexp, somewhere bool, groups map[int]*Set) *Set {
	prog, err := syntax.Compile(r.Simplify())
	if err != nil {
		return nil
	}
	p := &program{Prog: prog, somewhere: somewhere}
	if !p.regular() {
		return nil
	}
	for _, n := range slices.Sorted(maps.Keys(groups)) {
		p.groups, p.sets = append(p.groups, n), append(p.sets, groups[n])
	}
	a := p.alphabet()
	start := p.pack([]thread{p.begin()}, true)
	set := explore(a, start, p.step, p.ends)
	if p.work > mostWork {
		return nil
	}
	return set
}

// program is an expression as regexp runs it.
type program struct {
	*syntax.Prog
	somewhere bool
	sample    []rune  // of each class
	groups    []int   // that must hold something
	sets      []*Set  // of each of groups
	columns   [][]int // of each class, the class of each of sets

	last    state // what threads and done are of
	threads []thread
	done    bool
	work    int // instructions that have been followed
}

// mostInstructions bounds the programs that are looked at, and mostWork how often their
// instructions are.
const (
	mostInstructions = 2000
	mostWork         = 60000
)

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

// alphabet divides the runes as the instructions and the sets of the groups do.
func (p *program) alphabet() alphabet {
	cuts := []rune{0}
	var readers []*syntax.Inst // that differ
	seen := map[string]bool{}
	for k := range p.Inst {
		i := &p.Inst[k]
		what := reads(i)
		if seen[what] {
			continue
		}
		seen[what] = true
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
	for _, set := range p.sets {
		cuts = append(cuts, set.cuts...)
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
		var column []int
		for _, set := range p.sets {
			c := set.classOf(r)
			key, column = appendInt(key, c), append(column, c)
		}
		n, known := numbers[string(key)]
		if !known {
			n = len(p.sample)
			numbers[string(key)], p.sample, p.columns = n, append(p.sample, r), append(p.columns, column)
		}
		a.class = append(a.class, n)
	}
	return a
}

// reads is the same for instructions that read the same runes.
func reads(i *syntax.Inst) string {
	key := appendInt(appendInt(nil, int(i.Op)), int(i.Arg))
	for _, r := range i.Rune {
		key = appendInt(key, int(r))
	}
	return string(key)
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
