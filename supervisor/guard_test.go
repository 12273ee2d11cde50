package supervisor

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// forbidden are the ways past this package: to signal a process and to start
// one.
var forbidden = map[string][]string{
	"syscall": {"Kill", "Tgkill", "ForkExec", "StartProcess", "Exec", "SYS_KILL", "SYS_TKILL", "SYS_TGKILL", "SYS_CLONE", "SYS_FORK", "SYS_VFORK"},
	"golang.org/x/sys/unix": {"Kill", "Tgkill", "PidfdSendSignal", "PtraceAttach", "Exec", "SYS_KILL", "SYS_TKILL", "SYS_TGKILL",
		"SYS_PIDFD_SEND_SIGNAL", "SYS_RT_SIGQUEUEINFO", "SYS_CLONE", "SYS_CLONE3", "SYS_FORK", "SYS_VFORK"},
	"os":      {"FindProcess", "StartProcess"},
	"os/exec": {"Command", "CommandContext", "Cmd"},
}

// goPackages is where golang.org/x/tools/go/packages is used, which starts the
// go command by itself; what is started there stays in its worker's own group.
const goPackages = "/internal/load/"

// Every signal of the program goes through Kill, and every process through
// Spawn. This parses the repository itself: what is tested, generated for the
// code under test, or an example is no part of the program.
func TestLifecycleContract_NobodyElseSignalsOrStarts(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(name, ".") || slices.Contains([]string{"supervisor", "examples", "test", "testdata"}, name)):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files++
		for _, found := range waysPast(t, path) {
			if !strings.Contains(filepath.ToSlash(path), goPackages) || !strings.Contains(found, "Command") {
				t.Error(found)
			}
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Errorf("%d files, %v", files, err)
	}
}

// waysPast lists the uses of forbidden names in one file.
func waysPast(t *testing.T, path string) (found []string) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	names := imports(file)
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, _ := sel.X.(*ast.Ident)
		field, _ := sel.X.(*ast.SelectorExpr)
		if pkg != nil && slices.Contains(forbidden[names[pkg.Name]], sel.Sel.Name) ||
			field != nil && field.Sel.Name == "Process" && slices.Contains([]string{"Kill", "Signal"}, sel.Sel.Name) {
			found = append(found, set.Position(n.Pos()).String()+": "+sel.Sel.Name+" goes past supervisor")
		}
		return true
	})
	return found
}

// imports maps the names of a file's imports to their paths.
func imports(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := path[strings.LastIndexByte(path, '/')+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = path
	}
	return names
}

// The guard is worth nothing if it does not see.
func TestGuardSees(t *testing.T) {
	if got := waysPast(t, filepath.Join("testdata", "past.go")); len(got) != 5 {
		t.Errorf("found %d ways past, want 5: %v", len(got), got)
	}
}
