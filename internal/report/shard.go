package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Shard says which part of a session a report is, and of which session: reports
// whose Session is equal are parts of the same.
type Shard struct {
	Index   int     `json:"index"` // from 1
	Count   int     `json:"count"` // of shards
	Session Session `json:"session"`
	// Places are those of the report's mutants among all mutants of the session, from
	// 0.
	Places []int `json:"places"`
}

// Session is what all shards of one session have in common.
type Session struct {
	Mutants int    `json:"mutants"` // of all shards
	IDs     string `json:"ids"`     // sum of their ids in source order
	Source  string `json:"source"`  // sum of the module's files
	Machine string `json:"machine"` // operating system and architecture
	// Settings are those that decide verdicts, by the name of the flag.
	Settings map[string]string `json:"settings"`
}

// SumIDs is the sum of ids in their order.
func SumIDs(ids []string) string {
	h := sha256.New()
	for _, id := range ids {
		fmt.Fprintln(h, id)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Merge joins the shards of one session, which names tells apart in errors. The
// result has every mutant of the session exactly once, in source order; anything
// else is an error.
func Merge(names []string, shards []*Report) (*Report, error) {
	if err := belong(names, shards); err != nil {
		return nil, err
	}
	first := shards[0]
	session := first.Shard.Session
	r := &Report{
		SchemaVersion: first.SchemaVersion, Complete: true, Tool: first.Tool, Module: first.Module, GoVersion: first.GoVersion,
		Scope: first.Scope, Mutants: make([]*Mutant, session.Mutants), Dir: first.Dir,
	}
	for i, s := range shards {
		if err := r.take(names[i], s); err != nil {
			return nil, err
		}
	}
	var ids []string
	for i, m := range r.Mutants {
		if m == nil {
			return nil, fmt.Errorf("merge: mutant %d of %d is in none of the shards", i+1, session.Mutants)
		}
		ids = append(ids, m.ID)
	}
	if SumIDs(ids) != session.IDs {
		return nil, fmt.Errorf("merge: the mutants are not those that the shards were dealt")
	}
	slices.SortFunc(r.Packages, func(a, b Package) int { return cmp.Compare(a.Path, b.Path) })
	r.Summarize()
	return r, nil
}

// belong makes sure that shards are all parts of one session, each given once.
func belong(names []string, shards []*Report) error {
	given := make(map[int]string)
	for i, r := range shards {
		if r.Shard == nil {
			return fmt.Errorf("merge %s: it is no shard: make it with run --shard k/n --report json=FILE", names[i])
		}
		if other, twice := given[r.Shard.Index]; twice && r.Shard.Count == shards[0].Shard.Count {
			return fmt.Errorf("merge: shard %d/%d is there twice, in %s and %s", r.Shard.Index, r.Shard.Count, other, names[i])
		}
		given[r.Shard.Index] = names[i]
		if what := differs(shards[0], r); what != "" {
			return fmt.Errorf("merge: %s and %s are not parts of one session: %s", names[0], names[i], what)
		}
	}
	var missing []string
	for k := 1; k <= shards[0].Shard.Count; k++ {
		if _, ok := given[k]; !ok {
			missing = append(missing, fmt.Sprintf("%d/%d", k, shards[0].Shard.Count))
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("merge: no shard %s", strings.Join(missing, ", "))
	}
	return nil
}

// differs says in which respect two shards are of different sessions, "" if in
// none.
func differs(a, b *Report) string {
	s, o := a.Shard.Session, b.Shard.Session
	for _, p := range []struct{ what, a, b string }{
		{"the number of shards", fmt.Sprint(a.Shard.Count), fmt.Sprint(b.Shard.Count)},
		{"the tool", a.Tool.Name + " " + a.Tool.Version, b.Tool.Name + " " + b.Tool.Version},
		{"the Go version", a.GoVersion, b.GoVersion},
		{"the platform", s.Machine, o.Machine},
		{"the module", a.Module, b.Module},
		{"the scope", a.Scope, b.Scope},
	} {
		if p.a != p.b {
			return fmt.Sprintf("%s differs, %q and %q", p.what, p.a, p.b)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Settings)) {
		if s.Settings[name] != o.Settings[name] {
			return fmt.Sprintf("--%s differs, %q and %q", name, s.Settings[name], o.Settings[name])
		}
	}
	switch {
	case s.Source != o.Source:
		return "the source differs"
	case s.Mutants != o.Mutants || s.IDs != o.IDs || len(s.Settings) != len(o.Settings):
		return "the mutants differ"
	}
	return ""
}

// take adds one shard.
func (r *Report) take(name string, s *Report) error {
	if len(s.Shard.Places) != len(s.Mutants) {
		return fmt.Errorf("merge %s: %d mutants at %d places", name, len(s.Mutants), len(s.Shard.Places))
	}
	for i, at := range s.Shard.Places {
		if at < 0 || at >= len(r.Mutants) {
			return fmt.Errorf("merge %s: there is no mutant %d of %d", name, at+1, len(r.Mutants))
		}
		if r.Mutants[at] != nil {
			return fmt.Errorf("merge %s: %s is there twice", name, s.Mutants[i].ID)
		}
		r.Mutants[at] = s.Mutants[i]
	}
	r.Complete = r.Complete && s.Complete
	r.Stopped = cmp.Or(r.Stopped, s.Stopped)
	for _, p := range s.Packages {
		r.takePackage(p)
	}
	for _, t := range s.SetAside {
		if !slices.Contains(r.SetAside, t) {
			r.SetAside = append(r.SetAside, t)
		}
	}
	for _, note := range s.Notes {
		if !slices.Contains(r.Notes, note) {
			r.Notes = append(r.Notes, note)
		}
	}
	r.Timing.join(s.Timing)
	return nil
}

// takePackage keeps the worst that is known of a package; that a shard did not
// finish one that it had no mutants of says nothing.
func (r *Report) takePackage(p Package) {
	weight := func(s PackageStatus) int {
		return slices.Index([]PackageStatus{PackageUnfinished, PackageNoTests, PackageOK, PackageTestsFail, PackageBroken}, s)
	}
	i := slices.IndexFunc(r.Packages, func(q Package) bool { return q.Path == p.Path })
	if i < 0 {
		r.Packages = append(r.Packages, p)
		return
	}
	p.Exclusive = cmp.Or(r.Packages[i].Exclusive, p.Exclusive)
	r.Packages[i].Exclusive = p.Exclusive
	if weight(p.Status) > weight(r.Packages[i].Status) {
		r.Packages[i] = p
	}
}

// join adds the times of a shard that ran at the same time as the others.
func (t *Timing) join(s Timing) {
	t.Setup.Load = max(t.Setup.Load, s.Setup.Load)
	t.Setup.Build = max(t.Setup.Build, s.Setup.Build)
	t.Setup.DryRun = max(t.Setup.DryRun, s.Setup.DryRun)
	t.Setup.Total = max(t.Setup.Total, s.Setup.Total)
	t.Mutants = max(t.Mutants, s.Mutants)
	t.Total = max(t.Total, s.Total)
	t.ProcessStart = max(t.ProcessStart, s.ProcessStart)
	t.Binaries += s.Binaries
	t.Links += s.Links
	t.Shared += s.Shared
	t.Alone += s.Alone
}
