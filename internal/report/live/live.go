package live

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/html"
)

// Step is where a session stands.
type Step struct {
	Stage string `json:"stage"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

// Server is a live report. Start makes one.
type Server struct {
	address string
	http    *http.Server
	served  chan struct{} // closed when the HTTP server has ended

	mu      sync.Mutex
	encoder *html.Encoder
	said    []json.RawMessage // deltas
	step    Step
	done    bool
	news    chan struct{} // closed and replaced when something was said
}

// Start listens on address, host:port, and serves the page of a session whose
// sources are read with source.
func Start(address string, source report.Source) (*Server, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	s := &Server{
		address: listener.Addr().String(), served: make(chan struct{}),
		encoder: html.NewEncoder(source), news: make(chan struct{}),
	}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /{$}", s.page)
	routes.HandleFunc("GET /events", s.events)
	s.http = &http.Server{Handler: s.guard(routes), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // ends with Close
	}()
	return s, nil
}

// URL is where the page is.
func (s *Server) URL() string { return "http://" + s.address + "/" }

// Mutant tells of a mutant that was found or has its verdict.
func (s *Server) Mutant(m report.Mutant) {
	s.say(func() { s.encoder.Add(&m) })
}

// Progress tells where the session stands.
func (s *Server) Progress(step Step) {
	s.say(func() { s.step = step })
}

// Finish tells the whole report. Nothing comes after it.
func (s *Server) Finish(r *report.Report, v report.View) {
	s.say(func() {
		for _, m := range r.Mutants {
			s.encoder.Add(m)
		}
		d := s.encoder.Take()
		d.Head = html.HeadOf(r, v)
		s.keep(d)
		s.done = true
	})
}

// Close ends the server, after what was said last has reached the pages that are
// open, or after a second.
func (s *Server) Close() error {
	s.say(func() { s.done = true })
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close()
	}
	<-s.served
	return err
}

// say changes what is known and wakes everyone who waits for news.
func (s *Server) say(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	s.keep(s.encoder.Take())
	close(s.news)
	s.news = make(chan struct{})
}

// keep remembers a delta, unless it is empty.
func (s *Server) keep(d html.Delta) {
	if d.Empty() {
		return
	}
	if data, err := json.Marshal(d); err == nil {
		s.said = append(s.said, data)
	}
}
