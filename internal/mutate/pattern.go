package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

var regexpOperator = Operator{
	Name:    "regexp",
	Doc:     "Leaves out an anchor, a quantifier or a class of a constant regular expression.",
	Profile: Strong,
	Before:  "import \"regexp\"\n\nvar f = regexp.MustCompile(`^a+b`)",
	After:   "import \"regexp\"\n\nvar f = regexp.MustCompile(`a+b`)",
	find: func(c *finder, n ast.Node) {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING || !c.isPattern(lit) {
			return
		}
		pattern := constant.StringVal(c.info.Types[lit].Value)
		for _, changed := range simpler(pattern, !c.isPosix()) {
			p := c.replace(lit, quoteLike(lit.Value, changed))
			p.ignore = c.quiet(lit)
			c.propose(p)
		}
	},
}

// isPattern tells whether the current node is the argument of a function that
// compiles a regular expression.
func (c *finder) isPattern(lit *ast.BasicLit) bool {
	call, ok := c.parent(0).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 || call.Args[0] != lit {
		return false
	}
	fn := c.callee(call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "regexp" &&
		(strings.Contains(fn.Name(), "Compile") || strings.HasPrefix(fn.Name(), "Match")) && fn.Signature().Recv() == nil
}

// isPosix tells whether the pattern at the current node is a POSIX one.
func (c *finder) isPosix() bool {
	return strings.HasSuffix(c.callee(c.parent(0).(*ast.CallExpr)).Name(), "POSIX")
}

// patternMutants bounds how many mutants a pattern has.
const patternMutants = 8

// simpler lists patterns with one part of pattern left out, those that compile.
func simpler(pattern string, perl bool) (list []string) {
	compile := regexp.Compile
	if !perl {
		compile = regexp.CompilePOSIX
	}
	for _, part := range parts(pattern) {
		changed := pattern[:part.start] + pattern[part.end:]
		if _, err := compile(changed); err == nil && len(list) < patternMutants {
			list = append(list, changed)
		}
	}
	return list
}

// part is a piece of a pattern.
type part struct{ start, end int }

var (
	quantifier = regexp.MustCompile(`^(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??`)
	anchor     = regexp.MustCompile(`^(?:[\^$]|\\[AbBz])`)
	class      = regexp.MustCompile(`^(?:\\[dDsSwW]|\\p[A-Z]|\\p\{\^?\w+\})`)
	other      = regexp.MustCompile(`^(?:\\Q(?s:.)*?(?:\\E|$)|\(\?[^):]*:?|\\(?s:.)|(?s:.))`)
)

// parts finds the anchors, quantifiers and classes of a pattern. A class goes with
// the quantifier behind it.
func parts(pattern string) (list []part) {
	for at := 0; at < len(pattern); {
		rest := pattern[at:]
		n, found := 0, false
		switch {
		case rest[0] == '[':
			n, found = bracketed(rest), true
			n += len(quantifier.FindString(rest[n:]))
		case class.MatchString(rest):
			n, found = len(class.FindString(rest)), true
			n += len(quantifier.FindString(rest[n:]))
		case anchor.MatchString(rest):
			n, found = len(anchor.FindString(rest)), true
		case quantifier.MatchString(rest):
			n, found = len(quantifier.FindString(rest)), true
		default:
			n = len(other.FindString(rest))
		}
		if n == 0 {
			n = 1 // a byte that is no text
		}
		if found {
			list = append(list, part{at, at + n})
			if q := lastQuantifier(rest[:n]); q > 0 {
				list = append(list, part{at + n - q, at + n})
			}
		}
		at += n
	}
	return list
}

// lastQuantifier is how long the quantifier at the end of a class is, or 0.
func lastQuantifier(text string) int {
	from := 0
	switch {
	case text[0] == '[':
		from = bracketed(text)
	case class.MatchString(text):
		from = len(class.FindString(text))
	default:
		return 0
	}
	return len(text) - from
}

// bracketed is how long the class is that text begins with.
func bracketed(text string) int {
	i := 1
	if strings.HasPrefix(text[i:], "^") {
		i++
	}
	for first := true; i < len(text); first = false {
		switch {
		case text[i] == ']' && !first:
			return i + 1
		case text[i] == '\\' && i+1 < len(text):
			i += 2
		case strings.HasPrefix(text[i:], "[:") && strings.Contains(text[i:], ":]"):
			i += strings.Index(text[i:], ":]") + 2
		default:
			i++
		}
	}
	return len(text)
}

// quoteLike writes s as a literal of the kind of old.
func quoteLike(old, s string) string {
	if old[0] == '`' && !strings.ContainsAny(s, "`\r") {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}
