package live_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/html"
	"github.com/evilution-go/evilution-go/internal/report/live"
	"github.com/evilution-go/evilution-go/internal/report/sample"
)

func start(t *testing.T) *live.Server {
	t.Helper()
	s, err := live.Start("127.0.0.1:0", sample.Source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// event is what the page gets.
type event struct {
	Deltas   []html.Delta
	Progress live.Step
	Done     bool
}

// listen gives the events one after the other until the last.
func listen(t *testing.T, s *live.Server) <-chan event {
	t.Helper()
	response, err := http.Get(s.URL() + "events")
	if err != nil {
		t.Fatal(err)
	}
	events := make(chan event, 100)
	go func() {
		defer close(events)
		defer response.Body.Close()
		lines := bufio.NewReader(response.Body)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			if data, ok := strings.CutPrefix(line, "data: "); ok {
				var e event
				if err := json.Unmarshal([]byte(data), &e); err != nil {
					t.Error(err)
				}
				events <- e
			}
		}
	}()
	return events
}

// next is the next event.
func next(t *testing.T, events <-chan event) event {
	t.Helper()
	select {
	case e, open := <-events:
		if !open {
			t.Fatal("the events have ended")
		}
		return e
	case <-time.After(30 * time.Second):
		t.Fatal("no event")
	}
	panic("not reached")
}

func TestMutantsArriveWhileTheRunGoesOn(t *testing.T) {
	s := start(t)
	events := listen(t, s)
	if first := next(t, events); len(first.Deltas) != 0 || first.Done {
		t.Errorf("before anything was said: %+v", first)
	}
	m := *sample.Report().Mutants[0]
	found := m
	found.Status, found.Reason, found.TestsReaching = "", "", nil
	s.Mutant(found)
	got := next(t, events)
	if row := got.Deltas[len(got.Deltas)-1].Mutants[0]; row.ID != m.ID || row.Status != string(mutant.Pending) {
		t.Errorf("found: %+v", row)
	}
	s.Mutant(m)
	got = next(t, events)
	if row := got.Deltas[len(got.Deltas)-1].Mutants[0]; row.ID != m.ID || row.Status != string(mutant.Survived) || row.Reaching == 0 {
		t.Errorf("settled: %+v", row)
	}
	s.Progress(live.Step{Stage: "mutants", Done: 1, Total: 9})
	if got = next(t, events); got.Progress.Done != 1 || len(got.Deltas) != 0 {
		t.Errorf("progress: %+v", got)
	}
	s.Finish(sample.Report(), report.View{})
	got = next(t, events)
	if head := got.Deltas[len(got.Deltas)-1].Head; !got.Done || head == nil || head.Live || !head.Complete || head.Score != "50.0" {
		t.Errorf("the end: done %v, %+v", got.Done, head)
	}
	if _, open := <-events; open {
		t.Error("something came after the end")
	}
}

// A page that is opened late hears everything from the beginning, with the texts
// that the numbers of its rows mean.
func TestLateReader(t *testing.T) {
	s := start(t)
	s.Progress(live.Step{Stage: "load"})
	for _, m := range sample.Report().Mutants {
		s.Mutant(*m)
	}
	e := next(t, listen(t, s))
	var texts []string
	rows := 0
	for _, d := range e.Deltas {
		texts = append(texts, d.Strings...)
		for _, row := range d.Mutants {
			rows++
			if row.Operator >= len(texts) || texts[row.Operator] == "" {
				t.Errorf("operator %d of %q", row.Operator, texts)
			}
		}
	}
	if rows != 10 || texts[0] != "" {
		t.Errorf("%d rows; text 0 is %q", rows, texts[0])
	}
}

func TestPageAndStrangers(t *testing.T) {
	s := start(t)
	response, err := http.Get(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || !strings.HasPrefix(string(body), "<!doctype html>") || !strings.Contains(string(body), `"live":true`) {
		t.Errorf("page: %v\n%.300s", err, body)
	}
	for _, test := range []struct {
		method, path, host string
		want               int
	}{
		{"GET", "", "evil.example", http.StatusForbidden},
		{"GET", "events", "evil.example:80", http.StatusForbidden},
		{"GET", "other", "", http.StatusNotFound},
		{"POST", "", "", http.StatusMethodNotAllowed},
	} {
		request, err := http.NewRequest(test.method, s.URL()+test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = test.host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != test.want {
			t.Errorf("%s /%s of %q: %d, want %d", test.method, test.path, test.host, response.StatusCode, test.want)
		}
	}
}

func TestAddressInUse(t *testing.T) {
	s := start(t)
	address := strings.TrimSuffix(strings.TrimPrefix(s.URL(), "http://"), "/")
	if second, err := live.Start(address, sample.Source); err == nil {
		second.Close()
		t.Error("two servers at one address")
	}
}

// TestCloseWithoutAReport ends a page whose session gave up.
func TestCloseWithoutAReport(t *testing.T) {
	s, err := live.Start("127.0.0.1:0", sample.Source)
	if err != nil {
		t.Fatal(err)
	}
	events := listen(t, s)
	next(t, events)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if last := next(t, events); !last.Done {
		t.Errorf("the last event: %+v", last)
	}
}
