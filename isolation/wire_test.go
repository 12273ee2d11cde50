package isolation

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/frame"
	"github.com/evilution-go/evilution-go/sandbox"
)

// framed is one frame as a child writes it.
func framed(t *testing.T, fields map[string]any) string {
	t.Helper()
	var b strings.Builder
	if err := frame.Write(&b, fields); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const token = "0123456789abcdef0123456789abcdef"

// received is what comes out of a pipe into which text was written, and that
// nobody has closed, with somebody who listens meanwhile or without.
func received(t *testing.T, text string, listens bool) (events []event) {
	t.Helper()
	pipe, w, err := sandbox.NewPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r := &results{pipe: pipe, token: token}
	if listens {
		r.listen()
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	r.finish(func(e event) { events = append(events, e) })
	if _, err := pipe.Read(make([]byte, 1)); err == nil {
		t.Error("the pipe is still open")
	}
	return events
}

func TestReceive(t *testing.T) {
	start := framed(t, map[string]any{"token": token, "kind": "start", "test": "TestA"})
	end := framed(t, map[string]any{"token": token, "kind": "end", "test": "TestA", "us": 5})
	foreign := framed(t, map[string]any{"token": strings.Repeat("0", len(token)), "kind": "start"})
	odd := framed(t, map[string]any{"token": token, "kind": "end", "test": 5})
	first := &message{Kind: "start", Test: "TestA"}
	for _, c := range []struct {
		name, text string
		messages   []*message
		err        string
	}{
		{"nothing", "", nil, ""},
		{"two", start + end, []*message{first, {Kind: "end", Test: "TestA", Micros: 5}}, ""},
		{"nothing after a foreign one", start + foreign + end, []*message{first}, "check token"},
		{"nothing after an odd one", start + odd + end, []*message{first}, "decode frame: "},
		{"torn", start + end[:len(end)-1], []*message{first}, "unexpected EOF"},
	} {
		for _, listens := range []bool{false, true} {
			var got []*message
			var err error
			for _, e := range received(t, c.text, listens) {
				if err != nil {
					t.Errorf("%s: %+v after an error", c.name, e)
				}
				if err = e.err; err == nil {
					got = append(got, e.message)
				}
			}
			if !reflect.DeepEqual(got, c.messages) || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %d messages, %v", c.name, len(got), err)
			}
			if torn(err) != (c.name == "torn") {
				t.Errorf("%s: torn is %v", c.name, torn(err))
			}
		}
	}
	if torn(errors.New("x")) {
		t.Error("any error is torn")
	}
}
