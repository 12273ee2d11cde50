package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// target is what a command works on: package patterns of one module.
type target struct {
	dir      string   // the module's root, absolute
	patterns []string // as the go command reads them in dir
}

// resolve finds the module and the patterns that args mean, seen from the
// directory cwd. Without args it is everything below cwd. A directory that has a
// go.mod of its own, other than cwd's, means that whole module. All args must lie
// in one module.
func resolve(cwd string, args []string) (target, error) {
	if len(args) == 0 {
		args = []string{"./..."}
	}
	var t target
	for _, arg := range args {
		dir, pattern, err := locate(cwd, arg)
		if err != nil {
			return target{}, err
		}
		if t.dir != "" && t.dir != dir {
			return target{}, fmt.Errorf("arguments of two modules, %s and %s: run them one after the other", t.dir, dir)
		}
		t.dir = dir
		t.patterns = append(t.patterns, pattern)
	}
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

// moduleRoot is the nearest directory with a go.mod, from dir upwards.
func moduleRoot(dir string) (string, error) {
	for at := dir; ; {
		if info, err := os.Stat(filepath.Join(at, "go.mod")); err == nil && !info.IsDir() {
			return at, nil
		}
		up := filepath.Dir(at)
		if up == at {
			return "", fmt.Errorf("no go.mod in %s or any directory above it", dir)
		}
		at = up
	}
}

// argument is what a command started in the working directory needs to mean the
// same module: nothing if it is the module here, else its directory after a space.
func (t target) argument() string {
	cwd, err := os.Getwd()
	if err != nil {
		return " " + t.dir
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
