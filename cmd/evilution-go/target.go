package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evilution-go/evilution-go/internal/workspace"
)

// target is what a command works on: package patterns of one module, or of several
// that a go.work file joins.
type target struct {
	dir      string   // the root of the module, or of the workspace, absolute
	patterns []string // as the go command reads them in dir
}

// resolve finds the module and the patterns that args mean, seen from the
// directory cwd. Without args it is everything below cwd. A directory that has a
// go.mod of its own, other than cwd's, means that whole module. All args must lie
// in one module, or in modules of one workspace. Everything below a directory of a
// workspace that lies in none of its modules is all modules that lie below it.
func resolve(cwd string, args []string) (target, error) {
	if len(args) == 0 {
		args = []string{"./..."}
	}
	var list []target
	for _, arg := range args {
		root, pattern, err := locate(cwd, arg)
		if err == nil {
			list = append(list, target{root, []string{pattern}})
			continue
		}
		modules, ok := modulesBelow(cwd, arg)
		if !ok {
			return target{}, err
		}
		if len(modules) == 0 {
			return target{}, fmt.Errorf("%w; in a workspace, ./... stands for all its modules", err)
		}
		for _, root := range modules {
			list = append(list, target{root, []string{"./..."}})
		}
	}
	return join(list)
}

// modulesBelow are the modules that arg means where it lies in none; ok tells whether
// it lies in a workspace.
func modulesBelow(cwd, arg string) (modules []string, ok bool) {
	path, all := strings.CutSuffix(filepath.ToSlash(arg), "/...")
	dir := filepath.FromSlash(path)
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(cwd, dir)
	}
	w, err := workspace.Of(dir, os.Getenv("GOWORK"))
	if err != nil || w == nil {
		return nil, false
	}
	if info, err := os.Stat(dir); !all || err != nil || !info.IsDir() {
		return nil, err == nil
	}
	return w.Below(dir), true
}

// join makes one target of several.
func join(list []target) (target, error) {
	t := list[0]
	for i, other := range list[1:] {
		if other.dir != t.dir {
			return across(t.dir, other.dir, list)
		}
		t.patterns = append(t.patterns, list[i+1].patterns...)
	}
	return t, nil
}

// across makes one target of several modules, of which one and two are different, if
// a workspace joins them all.
func across(one, two string, list []target) (target, error) {
	w, err := workspace.Of(one, os.Getenv("GOWORK"))
	if err != nil {
		return target{}, err
	}
	var t target
	for _, m := range list {
		if w == nil || !w.Holds(m.dir) {
			return target{}, fmt.Errorf("arguments of two modules, %s and %s, that no go.work above joins: run them one after the other", one, two)
		}
		pattern, path := m.patterns[0], below(w.Dir, m.dir, false)
		if rest, ok := strings.CutPrefix(pattern, "./"); ok {
			pattern = strings.TrimSuffix(path, "/") + "/" + rest
		} else if pattern == "." {
			pattern = path
		}
		t.patterns = append(t.patterns, pattern)
	}
	t.dir = w.Dir
	return t, nil
}

// locate gives the module's root and the pattern that one argument means.
func locate(cwd, arg string) (root, pattern string, err error) {
	path, rest := strings.CutSuffix(filepath.ToSlash(arg), "/...")
	dir := filepath.FromSlash(path)
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(cwd, dir)
	}
	info, err := os.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return "", "", fmt.Errorf("%s is a file: name a package or a directory", arg)
	case err != nil && isPath(arg):
		return "", "", fmt.Errorf("%s: no such directory", arg)
	case err != nil:
		root, err = moduleRoot(cwd)
		return root, arg, err
	}
	if root, err = moduleRoot(dir); err != nil {
		return "", "", err
	}
	if own, err := moduleRoot(cwd); !rest && root == dir && (err != nil || own != root) {
		return root, "./...", nil
	}
	return root, below(root, dir, rest), nil
}

// isPath tells whether arg can only mean a directory.
func isPath(arg string) bool {
	return filepath.IsAbs(arg) || arg == "." || arg == ".." || strings.HasPrefix(arg, "./") || strings.HasPrefix(arg, "../")
}

// below is the pattern for dir, or for all packages below it, seen from root.
func below(root, dir string, all bool) string {
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		rel = dir // cannot be: root was found above dir
	}
	pattern := "./" + filepath.ToSlash(rel)
	if rel == "." {
		pattern = "."
	}
	if all {
		return strings.TrimSuffix(pattern, "/") + "/..."
	}
	return pattern
}

// moduleRoot is the nearest directory with a go.mod, from dir upwards. One that a
// go.work file on the way does not join does not count.
func moduleRoot(dir string) (string, error) {
	if path := workspace.Upwards(dir, "go.mod"); path != "" {
		root := filepath.Dir(path)
		if w, err := workspace.Of(dir, os.Getenv("GOWORK")); err != nil || w == nil || !w.Shuts(root) {
			return root, err
		}
	}
	return "", fmt.Errorf("no go.mod in %s or any directory above it (go mod init NAME, run where the code lies, makes one)", dir)
}

// argument is what a command started in the working directory needs to mean the
// same module: nothing if it is the module here, else its directory after a space.
func (t target) argument() string {
	cwd, err := os.Getwd()
	if err != nil {
		return " " + t.dir
	}
	if t.dir == cwd {
		return ""
	}
	if here, err := moduleRoot(cwd); err == nil && here == t.dir {
		return ""
	}
	rel, err := filepath.Rel(cwd, t.dir)
	if err != nil {
		return " " + t.dir
	}
	return " ." + string(filepath.Separator) + rel
}
