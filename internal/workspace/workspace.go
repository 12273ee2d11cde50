// Package workspace reads go.work files: which modules one joins, and whether it is
// in force in a folder. The go command finds one by going upwards, and so does this.
//
// A go.work file that lies nearer than any go.mod and joins no module around it is
// that of a folder that belongs to no module: to the go command, the module further
// up is an error there.
//
// The package starts nothing and keeps no state.
package workspace

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// Workspace is a go.work file.
type Workspace struct {
	Dir     string   // its folder, absolute
	Modules []string // the roots of the modules that it joins, absolute
}

// Of is the workspace that the go command finds in the absolute dir where the
// environment says setting for GOWORK; nil where there is none.
func Of(dir, setting string) (*Workspace, error) {
	switch setting {
	case "off":
		return nil, nil
	case "":
		setting = Upwards(dir, "go.work")
	}
	if setting == "" {
		return nil, nil
	}
	text, err := os.ReadFile(setting)
	if err != nil {
		return nil, fmt.Errorf("read workspace: %w", err)
	}
	file, err := modfile.ParseWork(setting, text, nil)
	if err != nil {
		return nil, fmt.Errorf("read workspace: %w", err)
	}
	w := &Workspace{Dir: filepath.Dir(setting)}
	for _, use := range file.Use {
		root := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(root) {
			root = filepath.Join(w.Dir, root)
		}
		w.Modules = append(w.Modules, filepath.Clean(root))
	}
	return w, nil
}

// Below are those modules that lie in dir.
func (w *Workspace) Below(dir string) []string {
	return slices.DeleteFunc(slices.Clone(w.Modules), func(root string) bool { return !inside(root, dir) })
}

// Holds tells whether root is a module of the workspace that lies in its folder.
func (w *Workspace) Holds(root string) bool {
	return slices.Contains(w.Modules, root) && inside(root, w.Dir)
}

// Shuts tells whether the module at root, which lies around the folder of the
// workspace, means nothing there.
func (w *Workspace) Shuts(root string) bool {
	return root != w.Dir && inside(w.Dir, root) && !slices.Contains(w.Modules, root)
}

// inside tells whether path is dir or something in it.
func inside(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// Upwards is the nearest file with a name, from dir upwards; empty where there is
// none.
func Upwards(dir, name string) string {
	for {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}
