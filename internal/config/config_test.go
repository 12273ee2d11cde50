package config_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/evilution-go/evilution-go/internal/config"
)

var update = flag.Bool("update", false, "write the golden files")

func read(t *testing.T, text string) (*config.File, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, config.Name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return config.Read(dir)
}

func TestSettings(t *testing.T) {
	f, err := read(t, "min-score: 80.5\njobs: 3\nexclude: [a, 'b,c']\nno-infection: true\nskip: ''\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []config.Setting{
		{Key: "exclude", Values: []string{"a", "b,c"}}, {Key: "skip", Values: []string{""}}, {Key: "jobs", Values: []string{"3"}},
		{Key: "no-infection", Values: []string{"true"}}, {Key: "min-score", Values: []string{"80.5"}},
	}
	if got := f.Settings(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if f, err := config.Read(t.TempDir()); err != nil || len(f.Settings()) != 0 {
		t.Errorf("without a file: %v, %v", f, err)
	}
	if _, err := read(t, "min_score: 1\n"); err == nil || err.Error() != `.evilution.yml:1: unknown key "min_score", did you mean "min-score"?` {
		t.Errorf("a mistake: %v", err)
	}
}

// uncommented is what Write writes with every setting in force.
func uncommented(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := config.Write(&out); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(out.String()) {
		if rest, ok := strings.CutPrefix(line, "#"); ok && !strings.HasPrefix(rest, " ") {
			line = rest
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "")
}

func TestWhatInitWrites(t *testing.T) {
	dir := t.TempDir()
	if _, err := config.Create(dir); err != nil {
		t.Fatal(err)
	}
	if f, err := config.Read(dir); err != nil || len(f.Settings()) != 0 {
		t.Errorf("as it is written it sets %v, %v", f, err)
	}
	if _, err := config.Create(dir); err == nil {
		t.Error("a file that was there is written again")
	}
	f, err := read(t, uncommented(t))
	if err != nil {
		t.Fatal(err)
	}
	if got, all := len(f.Settings()), len(config.Keys()); got != all {
		t.Errorf("without comments it sets %d of %d", got, all)
	}
}

func TestSchema(t *testing.T) {
	got, err := config.Schema()
	if err != nil {
		t.Fatal(err)
	}
	const golden = "evilution.schema.json"
	if *update {
		if err := os.WriteFile(golden, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || string(want) != string(got) {
		t.Errorf("%s is not what the structs say (%v): go test ./internal/config -update", golden, err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(golden, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for text, valid := range map[string]bool{
		uncommented(t):        true,
		"{}":                  true,
		"min-score: 80":       true,
		"min-score: 101":      false,
		"min-score: ~":        false,
		"jobs: many":          false,
		"jobs: 0":             false,
		"min-scor: 1":         false,
		"tests: some":         false,
		"operators: one":      false,
		"operators: [a, b]":   true,
		"report: [html=a.b]":  true,
		"no-infection: maybe": false,
	} {
		if err := schema.Validate(value(t, text)); (err == nil) != valid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// value is YAML as JSON would have it.
func value(t *testing.T, text string) any {
	t.Helper()
	js, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(js, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
