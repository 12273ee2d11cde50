package sandbox

import (
	"slices"
	"testing"
)

func TestEnviron(t *testing.T) {
	s := &Scratch{Dir: "/s", Home: "/s/h", Tmp: "/s/t"}
	base := []string{
		"HOME=/home/me", "PATH=/bin", "TMPDIR=/tmp", "XDG_CACHE_HOME=/c", "EVILUTION_TOKEN=secret", "EVILUTION_ORDER=/o",
		"EVILUTION_WORKER=3", "GOCACHE=/cache", "B=2", "A=1=1", "A=3", "broken",
	}
	set := map[string]string{"GOPATH": "/go", "EVILUTION_PIPE": "3"}
	got := Environ(base, s, set)
	want := []string{
		"A=3", "B=2", "EVILUTION_PIPE=3", "EVILUTION_WORKER=3", "GOCACHE=/cache", "GOPATH=/go", "GOTMPDIR=/s/t", "HOME=/s/h",
		"PATH=/bin", "TEMP=/s/t", "TMP=/s/t", "TMPDIR=/s/t",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	got = ToolEnviron(base, s, map[string]string{"TMPDIR": "/other"})
	want = []string{
		"A=3", "B=2", "EVILUTION_WORKER=3", "GOCACHE=/cache", "GOTMPDIR=/s/t", "HOME=/home/me",
		"PATH=/bin", "TEMP=/s/t", "TMP=/s/t", "TMPDIR=/other", "XDG_CACHE_HOME=/c",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
