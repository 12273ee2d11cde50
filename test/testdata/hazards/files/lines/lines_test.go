package lines

import "testing"

func TestLines(t *testing.T) {
	if line, n := Here(1); line != 101 || n != 2 {
		t.Error(line, n)
	}
	if name, n := Name(1); name != "grammar.y" || n != 0 {
		t.Error(name, n)
	}
}
