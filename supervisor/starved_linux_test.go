package supervisor

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
)

// Whatever is the descriptor that cannot be had, Spawn fails with that reason, and
// gives back those that it had.
func TestShortageOfDescriptors(t *testing.T) {
	h, out := talk(t, inner(helper("starved")))
	for _, want := range []string{
		"outer: refused=true started=true other=[] leaked=0 children=0",
		"inner: refused=true started=true other=[] leaked=0 children=0",
		"seal: list descriptors: true", "release: reap strays: true", "strays: reap strays: true", "adopt: reap strays: true", "by parent: : true",
	} {
		expect(t, out, want)
	}
	if exit, err := Reap(h); err != nil || exit.Code != 0 {
		t.Errorf("the helper: %v, %v", exit, err)
	}
}

// starved tries everything with fewer descriptors than it needs.
func starved([]string) {
	must(0, BecomeSubreaper())
	starve("outer", func(o Options) Options { return o })
	starve("inner", inner)
	h := must(Spawn(inner(shell("sleep 30"))))
	dead := must(Spawn(inner(shell("exit 0"))))
	<-dead.Exited()
	for _, look := range []struct {
		name, prefix string
		f            func() error
	}{
		{"seal", "list descriptors", sealOneByOne},
		{"release", "reap strays", func() error { return second(Reap(dead)) }},
		{"strays", "reap strays", func() error { return second(ReapStrays(0)) }},
		{"adopt", "reap strays", func() error { return AdoptGroup(1 << 23) }},
		{"by parent", "", func() error { return second(childrenByParent(os.Getpid())) }},
	} {
		err := withDescriptors(0, look.f)
		say("%s: %s: %v", look.name, look.prefix, errors.Is(err, syscall.EMFILE) && strings.HasPrefix(err.Error(), look.prefix))
	}
	must(Terminate(h, 0))
}

// starve starts a child under one shortage after the other, until the last of them
// is none.
func starve(name string, mode func(Options) Options) {
	var refused, started bool
	other := []error{}
	before := open()
	for limit := range uint64(before + 20) {
		var h *Handle
		err := withDescriptors(limit, func() (err error) {
			h, err = Spawn(mode(Options{Path: "/bin/true"}))
			return err
		})
		switch {
		case err == nil:
			started = true
			must(Reap(h))
		case errors.Is(err, syscall.EMFILE):
			refused = true
		default:
			other = append(other, err)
		}
	}
	say("%s: refused=%v started=%v other=%v leaked=%d children=%d", name, refused, started, other, open()-before, left())
}

// withDescriptors calls f while no descriptor from limit on can be had.
func withDescriptors(limit uint64, f func() error) error {
	var old syscall.Rlimit
	must(0, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &old))
	must(0, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: limit, Max: old.Max}))
	err := f()
	must(0, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &old))
	return err
}

// open counts the descriptors of this process.
func open() int { return len(must(os.ReadDir("/proc/self/fd"))) }
