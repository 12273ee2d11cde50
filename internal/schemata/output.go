package schemata

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
)

// output is the switched text of one file while it is written. It keeps account
// of the line that the compiler believes to be on, and corrects it by a comment
// wherever text of the original follows text that added lines.
type output struct {
	*file
	buf   bytes.Buffer
	line  int
	spans []span
}

// span is a part of the output that came from one mutant, one site or the copy
// of one function.
type span struct {
	start, end int
	item       *item
	site       *site
	fn         *function
}

func (o *output) bytes() []byte { return o.buf.Bytes() }

// write adds text that is not the original's.
func (o *output) write(text string) {
	o.buf.WriteString(text)
	o.line += strings.Count(text, "\n")
}

func (o *output) printf(format string, args ...any) { o.write(fmt.Sprintf(format, args...)) }

// open starts a span and returns what ends it.
func (o *output) open(s span) (end func()) {
	i := len(o.spans)
	s.start = o.buf.Len()
	o.spans = append(o.spans, s)
	return func() { o.spans[i].end = o.buf.Len() }
}

// at makes the next byte count as that of the original at offset. Without a file
// name the comment keeps the one in force, which saves the text from depending on
// where the module lies.
func (o *output) at(offset int) {
	place := o.pkg.Fset.PositionFor(o.pos(offset), true)
	switch {
	case place.Column == 0: // behind a directive without a column
		fmt.Fprintf(&o.buf, "/*line %s:%d*/", place.Filename, place.Line)
	case o.directives:
		fmt.Fprintf(&o.buf, "/*line %s:%d:%d*/", place.Filename, place.Line, place.Column)
	case place.Line != o.line:
		fmt.Fprintf(&o.buf, "/*line :%d:%d*/", place.Line, place.Column)
	}
	o.line = place.Line
}

// source copies a part of the original.
func (o *output) source(start, end int) {
	if start >= end {
		return
	}
	if start > 0 {
		o.at(start)
	}
	o.write(string(o.Source[start:end]))
}

// layer is what changes in a part of the original beside the switches.
type layer struct {
	edits []textEdit // sorted
	funcs []*function
}

// after is the part of l at and behind offset.
func (l *layer) after(offset int) layer {
	return layer{l.edits[sort.Search(len(l.edits), func(i int) bool { return l.edits[i].start >= offset }):], l.funcs}
}

// region copies [start, end) with the sites, edits and functions in it.
func (o *output) region(start, end int, sites []*site, l *layer) {
	at := start
	rest := l.after(start)
	for {
		next, do := end, (func() int)(nil)
		if len(sites) > 0 {
			s := sites[0]
			next, do = s.start, func() int {
				o.site(s, l)
				sites = sites[1:]
				return s.end
			}
		}
		if f := rest.function(o, at); f != nil && o.offset(f.body().Lbrace) < next {
			next, do = o.offset(f.body().Lbrace)+1, func() int { return o.function(f) }
		}
		if e := rest.edit(at); e != nil && e.start < end && (e.start < next || e.start == next && e.end == e.start) {
			next, do = e.start, func() int {
				o.write(e.text)
				rest.edits = rest.edits[1:]
				return e.end
			}
		}
		o.source(at, next)
		if do == nil {
			return
		}
		at = do()
	}
}

// function is the first one behind at that gets two bodies.
func (l *layer) function(o *output, at int) *function {
	for len(l.funcs) > 0 && o.offset(l.funcs[0].body().Lbrace) < at {
		l.funcs = l.funcs[1:]
	}
	if len(l.funcs) == 0 {
		return nil
	}
	return l.funcs[0]
}

// edit is the first one at or behind at.
func (l *layer) edit(at int) *textEdit {
	for len(l.edits) > 0 && l.edits[0].start < at {
		l.edits = l.edits[1:]
	}
	if len(l.edits) == 0 {
		return nil
	}
	return &l.edits[0]
}
