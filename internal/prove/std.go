package prove

import (
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// Functions of the standard library that are calculated where their arguments are
// constants, and those of which it is known that they come to an end.

// standard is what fn returns for constants.
func (r *run) standard(s *state, fn *types.Func, args []*term) ([]*term, bool) {
	if fn.Pkg() == nil || fn.Signature().Recv() != nil || !slices.Contains(calculated, fn.FullName()) {
		return nil, false
	}
	var text []string
	r.step(5)
	solved, _ := r.solve(s, nil, args...)
	for _, a := range args {
		c := solved.class(a).constant
		if c == nil || !isText(c) {
			return nil, false
		}
		text = append(text, constant.StringVal(c.val))
	}
	str := func(s string) *term { return r.constant(constant.MakeString(s)) }
	switch fn.FullName() {
	case "strings.Split":
		var list []*term
		for _, part := range strings.Split(text[0], text[1]) {
			list = append(list, str(part))
		}
		return []*term{r.make(elements, nil, list...)}, true
	case "strings.Contains":
		return []*term{r.bool(strings.Contains(text[0], text[1]))}, true
	case "strings.HasPrefix":
		return []*term{r.bool(strings.HasPrefix(text[0], text[1]))}, true
	case "strings.HasSuffix":
		return []*term{r.bool(strings.HasSuffix(text[0], text[1]))}, true
	case "strings.Index":
		return []*term{r.int(int64(strings.Index(text[0], text[1])))}, true
	case "strings.TrimSpace":
		return []*term{str(strings.TrimSpace(text[0]))}, true
	case "strings.ToLower":
		return []*term{str(strings.ToLower(text[0]))}, true
	case "strings.ToUpper":
		return []*term{str(strings.ToUpper(text[0]))}, true
	case "strings.TrimPrefix":
		return []*term{str(strings.TrimPrefix(text[0], text[1]))}, true
	case "strings.TrimSuffix":
		return []*term{str(strings.TrimSuffix(text[0], text[1]))}, true
	case "strconv.Quote":
		return []*term{str(strconv.Quote(text[0]))}, true
	}
	return nil, false
}

var calculated = []string{
	"strings.Split", "strings.Contains", "strings.HasPrefix", "strings.HasSuffix", "strings.Index", "strings.TrimSpace",
	"strings.ToLower", "strings.ToUpper", "strings.TrimPrefix", "strings.TrimSuffix", "strconv.Quote",
}

// isTotal tells whether fn comes to an end whatever it is given, and looks at nothing
// but what it is given: strings and numbers.
func isTotal(fn *types.Func) bool {
	sig := fn.Signature()
	if fn.Pkg() == nil || sig.Recv() != nil || fn.Name() == "Repeat" || !slices.Contains(total, fn.Pkg().Path()) {
		return false
	}
	for v := range sig.Params().Variables() {
		if basicInfo(v.Type()) == 0 {
			return false
		}
	}
	return true
}

var total = []string{"strings", "unicode", "unicode/utf8", "path"}
