package isolation

import "testing"

// TestWithDebug: what the user debugs stays, and wins.
func TestWithDebug(t *testing.T) {
	for _, test := range []struct {
		env       []string
		set, want string
	}{
		{nil, "", hastyPanic},
		{[]string{"A=b"}, "", hastyPanic},
		{[]string{"GODEBUG=gctrace=1", "GODEBUG=dontfreezetheworld=0"}, "", hastyPanic + ",dontfreezetheworld=0"},
		{[]string{"GODEBUG=gctrace=1"}, "http2client=0", hastyPanic + ",http2client=0"},
	} {
		if got := withDebug(test.env, test.set); got != test.want {
			t.Errorf("%v, %q: %q, want %q", test.env, test.set, got, test.want)
		}
	}
}
