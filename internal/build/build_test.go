package build_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/build"
)

func TestEveryFate(t *testing.T) {
	m := newModule(t)
	results, rest, copied := m.build(t, m.options("./..."))
	for _, want := range []struct {
		path   string
		status build.Status
		words  string
	}{
		{"good", build.Built, ""},
		{"other/good", build.Built, ""},
		{"tagged", build.NoTests, ""},
		{"none", build.NoTests, ""},
		{"broken", build.BuildFailed, `a.go:3:23: cannot use "text"`},
		{"needsbroken", build.BuildFailed, `a.go:3:23: cannot use "text"`},
		{"brokentest", build.BuildFailed, "undefined: missing"},
		{"unresolved", build.SetupFailed, "no required module provides package no.such/package"},
	} {
		got, ok := results[want.path]
		if !ok || got.Status != want.status || !strings.Contains(got.Words, want.words) ||
			(got.Words == "") != (want.words == "") || (got.Binary != "") != (want.status == build.Built) {
			t.Errorf("%s: %+v, want %v, %q", want.path, got, want.status, want.words)
		}
		delete(results, want.path)
	}
	if len(results) > 0 || copied != 2 || rest != "" {
		t.Errorf("%d binaries copied; too many results: %v; rest:\n%s", copied, results, rest)
	}
	o := m.options("./tagged")
	o.Tags = "special"
	if results, _, _ := m.build(t, o); results["tagged"].Status != build.Built {
		t.Errorf("with tags: %v", results)
	}
}

func TestTroubleOfTheWholeCommand(t *testing.T) {
	m := newModule(t)
	results, rest, _ := m.build(t, m.options("./none/x..."))
	if len(results) > 0 || !strings.Contains(rest, "matched no packages") {
		t.Errorf("a pattern without packages: %v, %s", results, rest)
	}
	check(t, os.WriteFile(filepath.Join(m.dir, "go.mod"), []byte("what"), 0o644))
	results, rest, _ = m.build(t, m.options("./good"))
	if len(results) > 0 || !strings.Contains(rest, "go.mod:1") {
		t.Errorf("a broken go.mod: %v, %s", results, rest)
	}
}

// The second of two equal builds links and copies nothing, and what is gone from
// the store can be forced back.
func TestNothingTwice(t *testing.T) {
	m := newModule(t)
	o := m.options("./good", "./other/good")
	first, _, copied := m.build(t, o)
	if copied != 2 || first["good"].Cached || first["good"].Binary == first["other/good"].Binary {
		t.Fatalf("first build: %d copied, %v", copied, first)
	}
	second, _, copied := m.build(t, o)
	for path, r := range second {
		if !r.Cached || r.Binary != first[path].Binary || !m.passes(t, r) {
			t.Errorf("second build: %+v, first %+v", r, first[path])
		}
	}
	if copied != 0 || len(second) != 2 {
		t.Errorf("second build: %d copied, %v", copied, second)
	}

	binary := second["good"].Binary
	to := filepath.Join(t.TempDir(), "x")
	check(t, os.WriteFile(binary, []byte("damaged"), 0o755))
	if err := build.Take(binary, to); !errors.Is(err, build.ErrGone) {
		t.Errorf("damaged: %v", err)
	}
	check(t, os.Remove(binary))
	if err := build.Take(binary, to); !errors.Is(err, build.ErrGone) {
		t.Errorf("removed: %v", err)
	}
	if _, err := os.Stat(to); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a failed Take leaves a file: %v", err)
	}
	o.Packages, o.Force = []string{"./good"}, true
	third, _, copied := m.build(t, o)
	if copied != 1 || third["good"].Binary != binary || !m.passes(t, third["good"]) {
		t.Errorf("forced: %d copied, %v", copied, third)
	}
}

// An overlay counts by the content of its files, and only for what it changes.
func TestOverlay(t *testing.T) {
	m := newModule(t)
	mutated := map[string][]byte{filepath.Join(m.dir, "other/good/a.go"): []byte(
		"package good\n\nimport \"x.y/m/good\"\n\nfunc B() int { return good.A() - 1 }\n")}
	plain, _, _ := m.build(t, m.options("./good", "./other/good"))
	for round, want := range []int{1, 0} {
		o := m.options("./good", "./other/good")
		var err error
		o.Overlay, err = build.WriteOverlay(filepath.Join(t.TempDir(), "overlay"), mutated)
		check(t, err)
		results, _, copied := m.build(t, o)
		if copied != want || results["good"].Binary != plain["good"].Binary {
			t.Errorf("round %d: %d copied, want %d; %v", round, copied, want, results)
		}
		if m.passes(t, results["other/good"]) || !m.passes(t, plain["other/good"]) {
			t.Errorf("round %d: the overlay has no effect", round)
		}
	}
}

func TestCopierFails(t *testing.T) {
	m := newModule(t)
	check(t, os.WriteFile(m.store, nil, 0o644)) // a file where the directory should be
	results, _, _ := m.build(t, m.options("./good"))
	if r := results["good"]; r.Status != build.CopyFailed || !strings.Contains(r.Words, "not a directory") {
		t.Errorf("%+v", r)
	}
}

func TestTrim(t *testing.T) {
	m := newModule(t)
	if err := build.Trim(m.store, time.Now()); err != nil {
		t.Errorf("no store: %v", err)
	}
	results, _, _ := m.build(t, m.options("./good", "./other/good"))
	kept, gone := results["good"].Binary, results["other/good"].Binary
	now, past := time.Now(), time.Now().Add(-48*time.Hour)
	check(t, os.Chtimes(kept, past, past))
	check(t, os.Chtimes(gone, past, past))
	check(t, build.Take(kept, filepath.Join(t.TempDir(), "x"))) // it is in use again
	check(t, build.Trim(m.store, now.Add(-24*time.Hour)))
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(gone); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what nobody uses is still there: %v", err)
	}
}
