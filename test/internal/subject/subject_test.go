package subject

import (
	"os"
	"path/filepath"
	"testing"
)

func TestShort(t *testing.T) {
	for name, want := range map[string]string{
		"github.com/google/uuid@v1.6.0":           "uuid",
		"github.com/Masterminds/semver/v3@v3.5.0": "semver",
		"examples/calc":                           "calc",
		"/some/where/":                            "where",
	} {
		if got := (Module{Name: name}).Short(); got != want {
			t.Errorf("%s is short for %s, want %s", got, name, want)
		}
	}
}

func TestChosen(t *testing.T) {
	fallback := []Module{{Name: "x"}}
	if got := Chosen(nil, fallback); len(got) != 1 || got[0].Name != "x" {
		t.Errorf("nothing chosen: %v", got)
	}
	got := Chosen([]string{"gjson", "github.com/gorilla/mux", "examples/calc", "example.com/y@v1.0.0"}, fallback)
	for i, want := range []string{"github.com/tidwall/gjson@v1.20.1", "github.com/gorilla/mux@v1.8.1", "examples/calc", "example.com/y@v1.0.0"} {
		if got[i].Name != want {
			t.Errorf("chosen %s, want %s", got[i].Name, want)
		}
	}
	if len(got[0].Flags) == 0 {
		t.Error("a standard module has lost its flags")
	}
}

func TestFetchMakesAWritableCopy(t *testing.T) {
	source := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module m\n", "a.go": "package m\n"} {
		if err := os.WriteFile(filepath.Join(source, name), []byte(text), 0o444); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := Module{Name: source}.Fetch(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "a.go"))
	if err != nil || info.Mode()&0o200 == 0 {
		t.Errorf("the copy is %v, %v", info, err)
	}
	if _, err := (Module{Name: t.TempDir()}).Fetch(t.TempDir()); err == nil {
		t.Error("a directory without a go.mod was fetched")
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1}, 5}, {[]float64{9, 1, 2}, 2}} {
		if got := Median(test.values); got != test.want {
			t.Errorf("Median(%v) = %v", test.values, got)
		}
	}
}
