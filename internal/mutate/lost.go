package mutate

import (
	"go/scanner"
	"go/token"
	"slices"
	"sort"
)

// lost is what would have no use left after the edits, with one of the uses that
// it loses. An identifier that a replacement mentions stays used.
func (u *uses) lost(tok *token.File, edits []edit) []use {
	gone := map[*owner]int{}
	var first []use
	var kept map[string]bool
	for _, e := range edits {
		i := sort.Search(len(u.at), func(i int) bool { return u.at[i].offset >= e.start })
		for ; i < len(u.at) && u.at[i].offset < e.end; i++ {
			if kept == nil {
				kept = map[string]bool{}
				for _, e := range edits {
					identifiers(e.text, kept)
				}
			}
			at := u.at[i]
			if kept[at.key.name] || at.key.dot && kept[at.object.Name()] {
				continue
			}
			if gone[at.key]++; gone[at.key] == 1 {
				first = append(first, at)
			}
		}
	}
	return slices.DeleteFunc(first, func(at use) bool {
		return gone[at.key] < at.key.count || inside(tok.Offset(at.key.pos), edits)
	})
}

func inside(offset int, edits []edit) bool {
	return slices.ContainsFunc(edits, func(e edit) bool { return e.start <= offset && offset < e.end })
}

// identifiers adds the names in a piece of Go that are not selected from something.
func identifiers(text string, names map[string]bool) {
	if text == "" {
		return
	}
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), []byte(text), nil, 0)
	for last := token.EOF; ; {
		_, tok, name := s.Scan()
		if tok == token.EOF {
			return
		}
		if tok == token.IDENT && last != token.PERIOD {
			names[name] = true
		}
		last = tok
	}
}
