package job

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/agent"
	"github.com/evilution-go/evilution-go/internal/build"
	"github.com/evilution-go/evilution-go/internal/canary"
	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
	"github.com/evilution-go/evilution-go/internal/schemata"
	"github.com/evilution-go/evilution-go/internal/scope"
	"github.com/evilution-go/evilution-go/internal/shard"
)

// LoadRequest asks for the mutants of packages and, unless ListOnly, for the
// overlay that holds them all behind switches.
type LoadRequest struct {
	Dir         string
	Patterns    []string
	Tags        string
	Operators   []string // names; none means all of the profile
	Profile     string   // as in mutate.Select
	IgnoreCalls []string // patterns, as in mutate.Options
	Overlay     string   // directory for the overlay's files
	ListOnly    bool
	Jobs        int // processors that loading may keep busy; 0: all
	// OwnTests leaves out the tests of packages other than the mutated ones.
	OwnTests bool
	Scope    scope.Scope
	Shard    shard.Part
}

// LoadReply is the module as the rest of the session sees it.
type LoadReply struct {
	// Refused says in one line why the request cannot be served, if it is the
	// user's to mend; all else is empty then.
	Refused  string
	Module   string
	Dir      string            // the module's root, absolute
	Env      map[string]string // what go env says of the toolchain and the workspace
	Packages []Package
	Overlay  string // path of overlay.json, empty if ListOnly
	// Canaries are the synthetic mutants that the overlay holds as well; none if
	// ListOnly.
	Canaries []canary.Canary
	// Testers are the packages whose tests may execute a mutant.
	Testers []load.TestPackage
	Share   Share // set if a shard was asked for
}

// Package is one loaded package without its syntax.
type Package struct {
	Path     string
	Dir      string // absolute
	HasTests bool
	Errors   []string
	Notes    []string        // about comments in it
	Mutants  []mutant.Mutant // those in scope, in source order
	Rest     []string        // ids of the others
	name     string
}

// load loads, mutates and instruments. A package that does not compile has
// Errors and no mutants. What fails is done once more: a signal from outside may have
// ended a go command, and go/packages does not always say so (one without output
// looks as if no package matched).
func (w *Worker) load(ctx context.Context, r LoadRequest) (*LoadReply, error) {
	ops, err := mutate.Select(r.Operators, r.Profile)
	if err != nil {
		return &LoadReply{Refused: err.Error()}, nil
	}
	reply, err := w.loadOnce(ctx, r, ops)
	if ctx.Err() == nil && (err != nil || reply.signalled()) {
		reply, err = w.loadOnce(ctx, r, ops)
	}
	if usage(err) {
		return &LoadReply{Refused: err.Error()}, nil
	}
	return reply, err
}

// signalled tells whether a compiler died of a signal, by the only trace it leaves.
func (r *LoadReply) signalled() bool {
	return slices.ContainsFunc(r.Packages, func(p Package) bool {
		return slices.ContainsFunc(p.Errors, func(text string) bool { return strings.Contains(text, "signal: ") })
	})
}

func (w *Worker) loadOnce(ctx context.Context, r LoadRequest, ops []mutate.Operator) (*LoadReply, error) {
	scratch, err := w.root.Scratch("load")
	if err != nil {
		return nil, fmt.Errorf("load packages: %w", err)
	}
	defer scratch.Remove() // tried again by the root
	// A go command that is killed leaves its temporary files.
	env := append(share(r.Jobs).environ(), "TMPDIR="+scratch.Tmp, "GOTMPDIR="+scratch.Tmp)
	defer share(r.Jobs).keep()()
	m, err := r.load(ctx, env)
	if err != nil {
		return nil, err
	}
	reply := &LoadReply{Module: m.Path, Dir: m.Dir, Env: m.Env}
	overlays := make([]map[string][]byte, len(m.Packages))
	for i, p := range m.Packages {
		pkg, files, err := instrument(p, mutate.Options{Operators: ops, Calls: r.IgnoreCalls}, r.ListOnly)
		if err != nil {
			return nil, fmt.Errorf("instrument %s: %w", p.Path, err)
		}
		reply.Packages = append(reply.Packages, pkg)
		overlays[i] = files
	}
	if err := reply.identify(); err != nil {
		return nil, err
	}
	if refused := reply.choose(r.Scope); refused != "" {
		return &LoadReply{Refused: refused}, nil
	}
	if r.ListOnly {
		return reply, nil
	}
	if err := reply.deal(r.Shard); err != nil {
		return nil, err
	}
	overlay := reply.overlay(overlays)
	if reply.Testers, err = testers(ctx, r, env, m, reply.Packages); err != nil {
		return nil, err
	}
	files, err := agent.Overlay(m.Env["GOROOT"])
	if err != nil {
		return nil, err
	}
	maps.Copy(overlay, files)
	if files, reply.Canaries, err = canary.Overlay(m.Env["GOROOT"]); err != nil {
		return nil, err
	}
	maps.Copy(overlay, files)
	reply.Overlay, err = build.WriteOverlay(r.Overlay, overlay)
	return reply, err
}

// testers lists the packages to build: those with tests that hold a package
// with mutants to judge, or just the latter themselves.
func testers(ctx context.Context, r LoadRequest, env []string, m *load.Module, packages []Package) ([]load.TestPackage, error) {
	var own []load.TestPackage
	var holding []string
	everything := len(r.Patterns) == 1 && r.Patterns[0] == "./..." && r.Dir == m.Dir && r.Scope.All() && r.Shard.Count == 0
	for _, p := range packages {
		if p.undecided() {
			holding = append(holding, p.Path)
		}
		if p.HasTests && len(p.Errors) == 0 && (everything || p.undecided()) {
			own = append(own, load.TestPackage{Path: p.Path, Dir: p.Dir})
		}
	}
	if r.OwnTests || everything || len(holding) == 0 {
		return own, nil
	}
	return load.Testers(ctx, load.Config{Dir: r.Dir, Tags: r.Tags, Env: env, Patterns: modules(m)}, holding)
}

// modules are patterns for all packages of the modules that m has packages of.
func modules(m *load.Module) []string {
	var list []string
	for _, p := range m.Packages {
		pattern := "./..."
		if rel, err := filepath.Rel(m.Dir, p.ModuleDir); err == nil && rel != "." {
			pattern = "./" + filepath.ToSlash(rel) + "/..."
		}
		if !slices.Contains(list, pattern) {
			list = append(list, pattern)
		}
	}
	return list
}

// identify makes the ids differ across the whole module.
func (r *LoadReply) identify() error {
	var all []*mutant.Mutant
	for p := range r.Packages {
		for m := range r.Packages[p].Mutants {
			all = append(all, &r.Packages[p].Mutants[m])
		}
	}
	return mutant.Unique(all)
}

// instrument finds the mutants of one package and puts them behind switches.
func instrument(p *load.Package, o mutate.Options, listOnly bool) (Package, map[string][]byte, error) {
	pkg := Package{Path: p.Path, Dir: p.Dir, name: p.Name, HasTests: p.HasTests, Errors: slices.Clone(p.Errors)}
	if len(p.Errors) > 0 {
		return pkg, nil, nil
	}
	pkg.Notes = mutate.Notes(p)
	candidates := o.Find(p)
	native := pkg.native(p, o, listOnly)
	var files map[string][]byte
	if !listOnly {
		result, err := schemata.Instrument(p, candidates)
		if err != nil {
			return pkg, nil, err
		}
		files = result.Files
	}
	for _, c := range inOrder(candidates, native) {
		pkg.Mutants = append(pkg.Mutants, *c.Mutant)
	}
	return pkg, files, nil
}

// native finds the mutants in files that import "C", which cannot have switches,
// and notes what becomes of such files.
func (pkg *Package) native(p *load.Package, o mutate.Options, listOnly bool) []mutate.Candidate {
	for _, s := range p.Skipped {
		pkg.Notes = append(pkg.Notes, fmt.Sprintf("%s is not mutated: %s", s.Rel, s.Reason))
	}
	if p.Native == nil {
		return nil
	}
	candidates := o.Find(p.Native)
	if !listOnly {
		schemata.Validate(p.Native, candidates)
	}
	for _, f := range p.Native.Files {
		if !f.Derived {
			pkg.Notes = append(pkg.Notes, f.Rel+` imports "C": its mutants get builds of their own; expressions with values from C have none`)
		}
	}
	return candidates
}

// inOrder joins two lists of which no file has a part in both.
func inOrder(a, b []mutate.Candidate) []mutate.Candidate {
	all := append(slices.Clone(a), b...)
	slices.SortStableFunc(all, func(x, y mutate.Candidate) int { return cmp.Compare(x.File.Path, y.File.Path) })
	return all
}

// usage tells whether loading failed for a reason that the user can mend.
func usage(err error) bool {
	return errors.Is(err, load.ErrNoModule) || errors.Is(err, load.ErrNoMatch) || errors.Is(err, load.ErrGoVersion)
}
