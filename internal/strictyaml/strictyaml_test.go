package strictyaml_test

import (
	"testing"

	"github.com/evilution-go/evilution-go/internal/strictyaml"
)

type settings struct {
	Jobs  int      `yaml:"jobs"`
	Score *float64 `yaml:"min-score"`
	Names []string `yaml:"names"`
	Deep  []inner  `yaml:"deep"`
}

type inner struct {
	Reason string `yaml:"reason"`
}

func TestWhatIsWritten(t *testing.T) {
	var s settings
	if err := strictyaml.Decode("f.yml", []byte("# a\njobs: 3\nnames: [a, b]\ndeep:\n  - reason: \"x: y\"\n"), &s); err != nil {
		t.Fatal(err)
	}
	if s.Jobs != 3 || len(s.Names) != 2 || s.Deep[0].Reason != "x: y" || s.Score != nil {
		t.Errorf("%+v", s)
	}
	for _, text := range []string{"", "# nothing\n"} {
		if err := strictyaml.Decode("f.yml", []byte(text), &s); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestMistakesAreOneLineWithThePlace(t *testing.T) {
	for text, want := range map[string]string{
		"jobs: 1\nmin-scor: 3\n":  `f.yml:2: unknown key "min-scor", did you mean "min-score"?`,
		"deep:\n  - reson: x\n":   `f.yml:2: unknown key "reson", did you mean "reason"?`,
		"somethingelse: 1\n":      `f.yml:1: unknown key "somethingelse": the keys are jobs, min-score, names, deep, reason`,
		"jobs: 1\njobs: 2\n":      `f.yml:2: mapping key "jobs" already defined at [1:1]`,
		"jobs: 1\n---\njobs: 2\n": `f.yml: more than one document`,
		"jobs: many\n":            "f.yml:1: cannot unmarshal string into Go struct field settings.Jobs of type int",
		"jobs: [1\n":              "f.yml:1: sequence end token ']' not found",
		"names: x: y\n":           "f.yml:1: mapping value is not allowed in this context",
		"- a\n":                   "f.yml:1: sequence was used where mapping is expected",
	} {
		err := strictyaml.Decode("f.yml", []byte(text), new(settings))
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v\nwant %s", text, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("jobs: 1\nnames: [a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		_ = strictyaml.Decode("f.yml", []byte(text), new(settings))
	})
}
