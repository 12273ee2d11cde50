package lang

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// thread is an instruction that is come to, and how it stands with the groups that must
// hold something, three bytes for each: notYet, well or badly filled, or, while it is being
// filled, the state of its set.
type thread struct {
	pc     uint32
	groups string
}

const (
	notYet = 1<<24 - 1 - iota
	well
	badly
)

// begin is the thread that begins to match.
func (p *program) begin() thread {
	var b []byte
	for range p.groups {
		b = appendInt(b, notYet)
	}
	return thread{uint32(p.Start), string(b)}
}

func intAt(s string, i int) int { return int(s[3*i]) | int(s[3*i+1])<<8 | int(s[3*i+2])<<16 }

func withInt(s string, i, n int) string {
	return s[:3*i] + string(appendInt(nil, n)) + s[3*i+3:]
}

// state is a set of threads that wait for the next rune, in order. It begins with a 1 where
// the text does.
type state string

// matched is the state of a text that has a match, whatever comes.
const matched state = "m"

func (p *program) pack(list []thread, begin bool) state {
	packed := make([]string, len(list))
	for i, t := range list {
		packed[i] = string(appendInt(nil, int(t.pc))) + t.groups
	}
	slices.Sort(packed)
	first := "0"
	if begin {
		first = "1"
	}
	return state(first + strings.Join(slices.Compact(packed), ""))
}

func (p *program) unpack(at state) (list []thread) {
	size := 3 + 3*len(p.groups)
	for rest := string(at[1:]); rest != ""; rest = rest[size:] {
		list = append(list, thread{uint32(intAt(rest, 0)), rest[3:size]})
	}
	return list
}

// step reads a rune of class c.
func (p *program) step(at state, c int) state {
	if at == matched {
		return matched
	}
	if at != p.last {
		p.last = at
		p.threads, p.done = p.follow(at, 0)
	}
	if p.done && p.somewhere || p.work > mostWork {
		return matched
	}
	var list []thread
	for _, t := range p.threads {
		if i := &p.Inst[t.pc]; i.MatchRune(p.sample[c]) {
			list = append(list, thread{i.Out, p.fill(t.groups, c)})
		}
	}
	if p.somewhere {
		list = append(list, p.begin())
	}
	return p.pack(list, false)
}

// fill reads a rune of class c into the groups that are open.
func (p *program) fill(groups string, c int) string {
	for i, set := range p.sets {
		if at := intAt(groups, i); at < badly {
			groups = withInt(groups, i, set.next[at][p.columns[c][i]])
		}
	}
	return groups
}

func (p *program) ends(at state) bool {
	if at == matched {
		return true
	}
	_, done := p.follow(at, syntax.EmptyEndText)
	return done
}

// follow goes through all instructions that read nothing, where the assertions in holds
// hold. done tells that a match is complete.
func (p *program) follow(at state, holds syntax.EmptyOp) (threads []thread, done bool) {
	if at[0] == '1' {
		holds |= syntax.EmptyBeginText
	}
	seen := map[thread]bool{}
	todo := p.unpack(at)
	for len(todo) > 0 {
		t := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[t] {
			continue
		}
		seen[t] = true
		p.work++
		switch i := &p.Inst[t.pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			todo = append(todo, thread{i.Out, t.groups}, thread{i.Arg, t.groups})
		case syntax.InstCapture:
			todo = append(todo, thread{i.Out, p.capture(t.groups, int(i.Arg))})
		case syntax.InstNop:
			todo = append(todo, thread{i.Out, t.groups})
		case syntax.InstEmptyWidth:
			if !p.somewhere || syntax.EmptyOp(i.Arg)&^holds == 0 {
				todo = append(todo, thread{i.Out, t.groups})
			}
		case syntax.InstMatch:
			done = done || p.hold(t.groups)
		case syntax.InstFail:
		default:
			threads = append(threads, t)
		}
	}
	return threads, done
}

// capture opens a group, or closes it. What it holds in the end is what counts.
func (p *program) capture(groups string, arg int) string {
	i := slices.Index(p.groups, arg/2)
	if i < 0 {
		return groups
	}
	at := intAt(groups, i)
	switch {
	case arg%2 == 0:
		at = 0
	case at < badly && p.sets[i].ends[at]:
		at = well
	default:
		at = badly
	}
	return withInt(groups, i, at)
}

// hold tells whether all groups hold what they must.
func (p *program) hold(groups string) bool {
	for i, set := range p.sets {
		if at := intAt(groups, i); at != well && !(at == notYet && set.ends[0]) {
			return false
		}
	}
	return true
}
