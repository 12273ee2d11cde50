package report

import (
	"fmt"
	"io"
	"strings"
)

// color is the parameter of an ANSI "select graphic rendition" sequence.
type color string

const (
	bold   color = "1"
	dim    color = "2"
	red    color = "31"
	green  color = "32"
	yellow color = "33"
	cyan   color = "36"
)

// page writes lines and keeps the first error, so that the text of a report
// reads as text. It is used by one goroutine.
type page struct {
	w     io.Writer
	color bool
	err   error
}

// line writes one formatted line.
func (p *page) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// paint is text in a colour, or plain where colours are off.
func (p *page) paint(c color, text string) string {
	if !p.color || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// diff writes a unified diff, coloured by the first byte of each line. The names
// of the files are left out: the heading above it has said them.
func (p *page) diff(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(line, "--- a/"), strings.HasPrefix(line, "+++ b/"):
		case strings.HasPrefix(line, "-"):
			p.line("%s", p.paint(red, line))
		case strings.HasPrefix(line, "+"):
			p.line("%s", p.paint(green, line))
		case strings.HasPrefix(line, "@@"):
			p.line("%s", p.paint(cyan, line))
		default:
			p.line("%s", line)
		}
	}
}

// indented writes text with every line moved right.
func (p *page) indented(text, by string) {
	for line := range strings.Lines(text) {
		p.line("%s%s", by, strings.TrimRight(line, "\r\n"))
	}
}
