package canary

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/canary/subject"
	"github.com/evilution-go/evilution-go/internal/mutant"
)

// What the canaries' mutants do must follow from the source, not from the tool.
func TestSubject(t *testing.T) {
	if canary.Below(4, 4) || !canary.Below(3, 4) {
		t.Error("Below is not <")
	}
	if canary.Twice(4) != 8 {
		t.Error("Twice does not double")
	}
	set := 0
	if canary.Set(&set, 4); set != 4 {
		t.Error("Set does not set")
	}
	if canary.Next(4) != 5 {
		t.Error("Next is not the next one")
	}
}

func TestOverlay(t *testing.T) {
	root := filepath.FromSlash("/go/root")
	files, canaries, err := Overlay(root)
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[mutant.Status]int)
	for _, c := range canaries {
		want[c.Want]++
		if c.Mutant.Number == 0 || c.Mutant.Func == 0 {
			t.Errorf("no switch for %+v", c.Mutant)
		}
	}
	if want[mutant.Killed] != 3 || want[mutant.Survived] != 1 {
		t.Errorf("wanted verdicts %v, want three that kill and one that survives", want)
	}
	text := string(files[filepath.Join(root, "src", "evilution", "canary", "canary.go")])
	if !strings.Contains(text, "evilution_on[") || !strings.Contains(text, "n <= limit") {
		t.Errorf("not instrumented: %s", text)
	}
	hook := string(files[filepath.Join(root, "src", "testing", "evilution_canary.go")])
	if !strings.Contains(hook, `"`+Test+`"`) || !strings.Contains(hook, `"`+ImportPath+`"`) {
		t.Errorf("the hook has another test or package: %s", hook)
	}
}
