package sandbox

import (
	"maps"
	"slices"
	"strings"
)

// ours names the prefix of our variables, none of which reaches a child unless
// its starter sets it, but for workerVar: tests pick their own database or port
// by it.
const (
	oursPrefix = "EVILUTION_"
	workerVar  = "EVILUTION_WORKER"
)

// Environ makes the environment of a child that runs the user's tests: base (as
// from os.Environ) with HOME and the temporary directory in s. Variables of
// ours are dropped (except EVILUTION_WORKER, the worker's index), and so is
// everything that points to a writable directory which other children share:
// XDG_CACHE_HOME and its like, which then default to places below HOME.
//
// The entries of set win over everything. GOCACHE, GOMODCACHE and GOPATH default
// to places below HOME too, so the caller must say where they are, or a child
// that runs the go command fills a cache of its own.
//
// The result is sorted and names nothing twice.
func Environ(base []string, s *Scratch, set map[string]string) []string {
	return environ(base, map[string]string{"HOME": s.Home}, s, set)
}

// ToolEnviron is like Environ for a program that works for the user, like go or
// git: it keeps HOME and the XDG directories, where configuration and
// credentials are, and has temporary directories of its own.
func ToolEnviron(base []string, s *Scratch, set map[string]string) []string {
	return environ(base, nil, s, set)
}

// environ joins base, what is private, and set, in rising order. Only a private
// home hides the XDG directories.
func environ(base []string, home map[string]string, s *Scratch, set map[string]string) []string {
	all := make(map[string]string, len(base)+8)
	for _, entry := range base {
		name, value, ok := strings.Cut(entry, "=")
		if !ok || strings.HasPrefix(name, oursPrefix) && name != workerVar {
			continue
		}
		if home != nil && strings.HasPrefix(name, "XDG_") {
			continue
		}
		all[name] = value
	}
	maps.Copy(all, home)
	for _, name := range []string{"TMPDIR", "GOTMPDIR", "TMP", "TEMP"} {
		all[name] = s.Tmp
	}
	maps.Copy(all, set)
	list := make([]string, 0, len(all))
	for name, value := range all {
		list = append(list, name+"="+value)
	}
	slices.Sort(list)
	return list
}
