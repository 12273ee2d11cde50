package build

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	for want, words := range map[string][]string{
		"/a/b c":             {"/a/b", "c"},
		"'/a b/c' d":         {"/a b/c", "d"},
		`"/it's" ''`:         {"/it's", ""},
		`'say "x"' x`:        {`say "x"`, "x"},
		"'a\tb' '\u00e9 \n'": {"a\tb", "\u00e9 \n"},
	} {
		if got, err := quote(words); got != want || err != nil {
			t.Errorf("%q: got %s, %v; want %s", words, got, err, want)
		}
	}
	if got, err := quote([]string{`it's "x"`}); err == nil {
		t.Errorf("both quotes: %s", got)
	}
}

func TestCommand(t *testing.T) {
	argv, env, err := Command(Options{
		Go: "/go", Dir: "/m/", Env: []string{"A=b"}, Packages: []string{"x/..."}, Tags: "t,u", Overlay: "/o.json",
		Copier: []string{"/my tool", "copy-binary"}, Store: "/s", Jobs: 3, TempDir: "/tmp/x", Force: true,
	})
	const want = "/go|test|-json|-vet=off|-exec|'/my tool' copy-binary /s/1|-overlay|/o.json|-tags|t,u|-p|3|-count=1|x/..."
	if got := strings.Join(argv, "|"); got != want || err != nil {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
	if want := []string{"A=b", "PWD=/m", "GOTMPDIR=/tmp/x", "TMPDIR=/tmp/x"}; !slices.Equal(env, want) {
		t.Errorf("environment %q, want %q", env, want)
	}
	argv, _, _ = Command(Options{Store: "/s", Packages: []string{"."}})
	if got := strings.Join(argv, "|"); got != "go|test|-json|-vet=off|-exec|/s/1|." {
		t.Errorf("least command: %s", got)
	}
}

// What the store may be asked for is one file name, whatever was printed.
func TestBinaryStaysInStore(t *testing.T) {
	const line = `{"Action":"output","Package":"p","Output":"evilution-go binary ../../etc/passwd\n"}` + "\n" +
		`{"Action":"pass","Package":"p"}`
	results, _ := Parse("/store", []byte(line))
	if len(results) != 1 || results[0].Binary != "/store/1/passwd" {
		t.Errorf("%+v", results)
	}
}

func TestTornOutput(t *testing.T) {
	const output = `{"Action":"start","Package":"a"}
go: downloading something
{"Action":"start","Package":"b"}
{"Action":"output","Package":"b","Outp`
	results, rest := Parse("/store", []byte(output))
	if len(results) != 2 || results[0].Status != Unknown || results[1].Status != Unknown {
		t.Errorf("%+v", results)
	}
	if want := "go: downloading something\n" + `{"Action":"output","Package":"b","Outp`; rest != want {
		t.Errorf("rest %q", rest)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"ImportPath":"p","Action":"build-output","Output":"p/a.go:1:1: no\n"}
{"Action":"fail","Package":"p","FailedBuild":"p"}`))
	f.Add([]byte("{}\nFAIL\n{\"Action\":\"pass\",\"Package\":\"q\"}"))
	f.Fuzz(func(t *testing.T, output []byte) {
		results, _ := Parse("/store", output)
		for _, r := range results {
			if (r.Status == Built) != (r.Binary != "") && r.Status != Unknown && r.Status != NoTests {
				t.Errorf("%+v", r)
			}
			if r.Path == "" || r.Status.String() == "" {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestWriteOverlayIsDeterministic(t *testing.T) {
	files := map[string][]byte{"/m/a.go": []byte("package a"), "/n/b.go": []byte("package a"), "/m/c.s": []byte("TEXT")}
	dir := filepath.Join(t.TempDir(), "deep", "overlay")
	path, err := WriteOverlay(dir, files)
	if err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 { // one .go, one .s, overlay.json
		t.Errorf("%v, %v", entries, err)
	}
	if _, err := WriteOverlay(dir, files); err != nil {
		t.Fatal(err)
	}
	if second, err := os.ReadFile(path); err != nil || string(first) != string(second) {
		t.Errorf("%s\nthen %s, %v", first, second, err)
	}
}

func TestName(t *testing.T) {
	if a, b := Name("x.y/m/good"), Name("x.y/m/other/good"); a == b || !strings.HasPrefix(a, "good-") {
		t.Errorf("%s, %s", a, b)
	}
}
