package live

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/html"
)

// guard refuses requests that name another host than the one that listens: they
// come from a page of somebody else whose name was made to lead here.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.meant(r.Host) {
			http.Error(w, "another host", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// meant tells whether host, with its port, is this server. A server that does not
// listen on loopback has many names.
func (s *Server) meant(host string) bool {
	name, port, err := net.SplitHostPort(s.address)
	if err != nil || !net.ParseIP(name).IsLoopback() {
		return true
	}
	return host == s.address || host == "localhost:"+port
}

// page is the frame, which asks for the events.
func (s *Server) page(w http.ResponseWriter, _ *http.Request) {
	head := html.HeadOf(&report.Report{}, report.View{})
	head.Live = true
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = html.WriteDelta(w, html.Delta{Head: head}) // a reader that has gone
}

// message is one event.
type message struct {
	Deltas   []json.RawMessage `json:"deltas"`
	Progress Step              `json:"progress"`
	Done     bool              `json:"done"`
}

// pause is the least time between two events: a run settles hundreds of mutants a
// second, and nobody reads that fast.
const pause = 100 * time.Millisecond

// events sends what was said from the beginning, and then what is new, until it is
// over or the reader has gone.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	for heard := 0; ; {
		m, news := s.since(heard)
		heard += len(m.Deltas)
		data, err := json.Marshal(m)
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil || out.Flush() != nil || m.Done {
			return
		}
		select {
		case <-news:
		case <-r.Context().Done():
			return
		}
		select {
		case <-time.After(pause):
		case <-r.Context().Done():
			return
		}
	}
}

// since is what was said after the first deltas, and a channel that is closed when
// there is more.
func (s *Server) since(heard int) (message, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return message{Deltas: s.said[heard:len(s.said):len(s.said)], Progress: s.step, Done: s.done}, s.news
}
