package objcode

import (
	"bufio"
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Same tells which mutants, by their indices, have the same code as the original,
// from what the compiler's -S has written about the package pkg and its copies.
func Same(listing []byte, pkg string, copies []Copy) []int {
	code := read(listing, pkg)
	var same []int
	for _, c := range copies {
		before, ok := body(code, c.Original)
		after, found := body(code, c.Symbol)
		if ok && found && before == strings.ReplaceAll(after, c.own, c.name) {
			same = append(same, c.Mutant)
		}
	}
	return same
}

// body is the code of a function and of what is nested in it. ok is false where it
// has none, or where it cannot be compared.
func body(code map[string]string, symbol string) (text string, ok bool) {
	own, found := code[symbol]
	var b strings.Builder
	b.WriteString(own)
	for _, name := range slices.Sorted(maps.Keys(code)) {
		if rest, ok := strings.CutPrefix(name, symbol); ok && rest != "" && (rest[0] == '.' || rest[0] == '-') {
			b.WriteString(rest + "\n" + code[name])
		}
	}
	return b.String(), found && own != "" && !strings.Contains(b.String(), ".jump")
}

// temporary is a variable that the compiler made; its place in the frame is told
// apart from its number.
var temporary = regexp.MustCompile(`\.\.autotmp_[0-9]+`)

// read takes the instructions of each function from a listing.
func read(listing []byte, pkg string) map[string]string {
	code := map[string]*strings.Builder{}
	var current *strings.Builder
	scanner := bufio.NewScanner(bytes.NewReader(listing))
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		line := scanner.Text()
		if !strings.HasPrefix(line, "\t") {
			current = nil
			if name, text, ok := strings.Cut(line, " STEXT"); ok && (text == "" || text[0] == ' ') {
				if name, ok = strings.CutPrefix(name, symbolPath(pkg)+"."); ok {
					current = &strings.Builder{}
					code[name] = current
				}
			}
			continue
		}
		if current == nil {
			continue
		}
		if i := instruction(line); i != "" {
			current.WriteString(temporary.ReplaceAllString(i, "..autotmp") + "\n")
		}
	}
	out := make(map[string]string, len(code))
	for name, b := range code {
		out[name] = b.String()
	}
	return out
}

// instruction is what a line of a listing says to the processor: empty for bytes,
// relocations, and what is for debuggers and the collector. Lines read
// `	0x0012 00018 (file.go:12)	ADDQ	BX, AX`.
func instruction(line string) string {
	_, text, ok := strings.Cut(line, " (")
	if !ok || !strings.HasPrefix(line, "\t0x") {
		return ""
	}
	_, text, ok = strings.Cut(text, ")\t")
	if !ok || strings.HasPrefix(text, "PCDATA\t") || strings.HasPrefix(text, "FUNCDATA\t") {
		return ""
	}
	return text
}

// symbolPath is how the compiler writes an import path in symbols: dots in its
// last element are escaped, and what is not plain anywhere.
func symbolPath(path string) string {
	last := strings.LastIndexByte(path, '/') + 1
	return path[:last] + strings.ReplaceAll(path[last:], ".", "%2e")
}
