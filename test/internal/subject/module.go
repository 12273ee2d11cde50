package subject

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Module is a module with the flags that its tests need.
type Module struct {
	// Name is path@version of a published module, or the path of a directory.
	Name  string
	Flags []string // of `evilution-go run`
}

// Standard are the modules that every change is held against.
func Standard() []Module {
	return []Module{
		{Name: "github.com/google/uuid@v1.6.0"},
		{Name: "github.com/Masterminds/semver/v3@v3.5.0"},
		{Name: "github.com/gorilla/mux@v1.8.1"},
		{Name: "github.com/tidwall/gjson@v1.20.1", Flags: []string{"--skip", "Random|JSONString"}},
		{Name: "github.com/spf13/cast@v1.9.2"},
		{Name: "github.com/hashicorp/golang-lru/v2@v2.0.7"},
	}
}

// Chosen are the named modules, or fallback if none is named. The beginning of a
// standard module's name, or of its last part, stands for that module.
func Chosen(names []string, fallback []Module) []Module {
	if len(names) == 0 {
		return fallback
	}
	var list []Module
	for _, name := range names {
		m := Module{Name: name}
		for _, s := range Standard() {
			if strings.HasPrefix(s.Name, name) || strings.Contains(s.Name, "/"+name) {
				m = s
			}
		}
		list = append(list, m)
	}
	return list
}

// Short is what a table says of m: the path without its host, owner and version,
// or the last part of a directory.
func (m Module) Short() string {
	name, _, _ := strings.Cut(m.Name, "@")
	parts := strings.Split(filepath.ToSlash(filepath.Clean(name)), "/")
	last := parts[len(parts)-1]
	if len(parts) > 1 && len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" {
		last = parts[len(parts)-2]
	}
	return last
}

// Fetch copies m's source into a new directory below parent and returns it. Its
// files are writable, also where the go command keeps them read-only.
func (m Module) Fetch(parent string) (dir string, err error) {
	source := m.Name
	if strings.Contains(m.Name, "@") {
		if source, err = download(m.Name); err != nil {
			return "", err
		}
	} else if _, err := os.Stat(filepath.Join(source, "go.mod")); err != nil {
		return "", fmt.Errorf("fetch %s: neither MODULE@VERSION nor a directory with a go.mod: %w", m.Name, err)
	}
	dir, err = os.MkdirTemp(parent, m.Short()+"-")
	if err != nil {
		return "", err
	}
	if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
		return "", fmt.Errorf("copy %s: %w", m.Name, err)
	}
	return dir, nil
}

// download is the directory of a module in the go command's cache.
func download(name string) (string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", name).Output()
	var info struct{ Dir, Error string }
	if failed := json.Unmarshal(out, &info); failed != nil {
		return "", fmt.Errorf("fetch %s: %w", name, errors.Join(err, failed))
	}
	if info.Error != "" {
		return "", fmt.Errorf("fetch %s: %s", name, info.Error)
	}
	return info.Dir, nil
}
