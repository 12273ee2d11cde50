package main

import (
	"fmt"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/live"
	"github.com/evilution-go/evilution-go/runner"
)

// watcher is the page that shows a run while it goes on. Without a server, which
// is when nobody asked for one, it does nothing.
type watcher struct{ server *live.Server }

// watch starts the page at address and says where it is; "" starts none.
func (a *app) watch(address string, t target) (watcher, error) {
	if address == "" {
		return watcher{}, nil
	}
	server, err := live.Start(address, report.DirSource(t.dir))
	if err != nil {
		return watcher{}, fmt.Errorf("--serve %s: %w", address, err)
	}
	fmt.Fprintf(a.stderr, "evilution-go: the report grows at %s\n", server.URL())
	return watcher{server}, nil
}

// follow makes a session tell the page too.
func (w watcher) follow(o *runner.Options) {
	if w.server == nil {
		return
	}
	next := o.Progress
	o.Progress = func(p runner.Progress) {
		next(p)
		w.server.Progress(live.Step{Stage: p.Stage, Done: p.Done, Total: p.Total})
	}
	o.Mutant = w.server.Mutant
}

func (w watcher) finish(r *report.Report, v report.View) {
	if w.server != nil {
		w.server.Finish(r, v)
	}
}

// close ends the page; what is open in a browser stays as it is.
func (w watcher) close() {
	if w.server != nil {
		_ = w.server.Close() // nothing is lost by then
	}
}
