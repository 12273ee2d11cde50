package isolation

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/sandbox"
)

// A binary lies beside its order, under one name whatever its own is.
func TestPlace(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{"p.test": "p.test", "p": "p.test", "order": "order.test", ".test": ".test", "test.p": "test.p.test"} {
		scratch := &sandbox.Scratch{Dir: t.TempDir()}
		o := Order{Binary: filepath.Join(dir, name), Mode: Record}
		if err := os.WriteFile(o.Binary, []byte(name), 0o700); err != nil {
			t.Fatal(err)
		}
		binary, order, err := o.place(scratch)
		if err != nil || binary != scratch.Dir+"/"+want || order != scratch.Dir+"/order" {
			t.Errorf("%s: %s and %s, %v", name, binary, order, err)
		}
		from, _ := os.Stat(o.Binary)
		if to, err := os.Stat(binary); err != nil || !os.SameFile(from, to) {
			t.Errorf("%s is no link: %v", binary, err)
		}
		if text, err := os.ReadFile(order); err != nil || string(text) != "mode record\ncounters "+scratch.Dir+"/counters\nticks 0\nstretch 0\nfloor 0\n" {
			t.Errorf("order %q, %v", text, err)
		}
	}
}

func TestPlaceFails(t *testing.T) {
	var pathError *os.PathError
	none := &sandbox.Scratch{Dir: "/none"}
	_, _, err := (&Order{Binary: "/bin/true"}).place(none)
	if !errors.As(err, &pathError) || !strings.HasPrefix(err.Error(), "place order: ") {
		t.Errorf("no directory: %v", err)
	}
	_, _, err = (&Order{Binary: "/none"}).place(&sandbox.Scratch{Dir: t.TempDir()})
	if !errors.As(err, &pathError) || !strings.HasPrefix(err.Error(), "place test binary: ") {
		t.Errorf("no binary: %v", err)
	}
	_, _, err = (&Order{Mode: Mutant, Binary: "/bin/true"}).place(&sandbox.Scratch{Dir: t.TempDir()})
	if err == nil || !strings.HasPrefix(err.Error(), "write order: no mutant") {
		t.Errorf("no mutant: %v", err)
	}
}

// A child's environment begins with the order's or with this process's own.
func TestOrderEnvironment(t *testing.T) {
	scratch := &sandbox.Scratch{Dir: "/s", Home: "/s/h", Tmp: "/s/t"}
	t.Setenv("MINE", "1")
	for _, c := range []struct {
		order       Order
		mine, given string
	}{
		{Order{Dir: "/d"}, "1", ""},
		{Order{Dir: "/d", Env: []string{"GIVEN=2"}}, "", "2"},
		{Order{Dir: "/d", Env: []string{}, Set: map[string]string{"GIVEN": "3", "EVILUTION_TOKEN": "mine", "PWD": "mine"}}, "", "3"},
	} {
		env := c.order.environ(scratch, "/s/order", token)
		if value(env, "MINE=") != c.mine || value(env, "GIVEN=") != c.given {
			t.Errorf("%q", env)
		}
		for _, want := range []string{"PWD=/d", "HOME=/s/h", "TMPDIR=/s/t", "EVILUTION_ORDER=/s/order", "EVILUTION_PIPE=3", "EVILUTION_TOKEN=" + token} {
			if !slices.Contains(env, want) {
				t.Errorf("no %s in %q", want, env)
			}
		}
	}
}

// A mutant's process does not wait long when it panics, whatever the user asks of the
// runtime besides.
func TestWithDebug(t *testing.T) {
	for _, c := range []struct {
		env       []string
		set, want string
	}{
		{nil, "", hastyPanic},
		{[]string{"PATH=/bin", "GODEBUG=a=1", "X=GODEBUG="}, "", hastyPanic + ",a=1"},
		{[]string{"GODEBUG=a=1", "GODEBUG=b=2", "PATH=/bin"}, "", hastyPanic + ",b=2"},
		{[]string{"GODEBUG=a=1", "GODEBUG="}, "", hastyPanic},
		{[]string{"GODEBUG=a=1"}, "c=3", hastyPanic + ",c=3"},
	} {
		if got := withDebug(c.env, c.set); got != c.want {
			t.Errorf("%q and %q: %s, want %s", c.env, c.set, got, c.want)
		}
	}
	scratch := &sandbox.Scratch{Dir: "/s", Home: "/s/h", Tmp: "/s/t"}
	for mode, want := range map[Mode]string{Clean: "a=1", Record: "a=1", Mutant: hastyPanic + ",a=1"} {
		o := Order{Mode: mode, Env: []string{"GODEBUG=a=1"}}
		if got := value(o.environ(scratch, "", token), "GODEBUG="); got != want {
			t.Errorf("mode %v: %s, want %s", mode, got, want)
		}
	}
}
