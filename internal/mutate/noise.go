package mutate

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// arid tells why a call teaches nothing, or nothing where it may: it writes a log,
// prints, measures, waits, or helps a test to report.
func (c *finder) arid(call *ast.CallExpr) string {
	if c.isBuiltin(call, "print") || c.isBuiltin(call, "println") {
		return "call of print"
	}
	fn := c.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	path, name := fn.Pkg().Path(), c.qualified(call)
	if c.talks(path, name, call) || c.main() && (path == "flag" || strings.HasSuffix(path, "/pflag")) ||
		slices.ContainsFunc(c.calls, func(pattern string) bool {
			return matches(pattern, name) || matches(pattern, receiver(fn)+fn.Name())
		}) {
		return "call of " + receiver(fn) + fn.Name()
	}
	return ""
}

// talks tells whether the function name of the package at path reports to people,
// or only waits or saves memory.
func (c *finder) talks(path, name string, call *ast.CallExpr) bool {
	switch {
	case slices.Contains(idlers, name):
		return true
	case strings.HasPrefix(name, "fmt.Print"):
		return true
	case strings.HasPrefix(name, "fmt.Fprint"):
		return len(call.Args) > 0 && c.isStandard(call.Args[0])
	}
	return slices.ContainsFunc(talkers, func(pkg string) bool { return path == pkg || strings.HasPrefix(path, pkg+"/") })
}

// isStandard tells whether e is os.Stdout or os.Stderr.
func (c *finder) isStandard(e ast.Expr) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := c.info.Uses[sel.Sel].(*types.Var)
	return ok && v.Pkg() != nil && v.Pkg().Path() == "os" && (v.Name() == "Stdout" || v.Name() == "Stderr")
}

// main tells whether the code is that of a command's main function, where flags
// are wired.
func (c *finder) main() bool {
	return c.pkg.Types.Name() == "main" && (c.name == "main" || c.name == "init")
}

// talkers are packages whose functions and methods report to people or to those
// who watch. Packages below them count too.
var talkers = []string{
	"log", "testing", "expvar", "runtime/trace", "runtime/pprof",
	"go.uber.org/zap", "github.com/rs/zerolog", "github.com/sirupsen/logrus", "github.com/golang/glog",
	"k8s.io/klog", "github.com/go-logr/logr", "github.com/hashicorp/go-hclog", "github.com/go-kit/log",
	"github.com/prometheus/client_golang", "go.opentelemetry.io/otel", "go.opencensus.io",
	"github.com/opentracing/opentracing-go", "github.com/DataDog/datadog-go", "github.com/hashicorp/go-metrics",
	"github.com/armon/go-metrics",
}

// idlers are functions that only wait, or that say how much memory to take.
var idlers = []string{
	"time.Sleep", "runtime.GC", "runtime.Gosched", "runtime.KeepAlive",
	"bytes.Buffer.Grow", "strings.Builder.Grow",
}

// matches tells whether a name fits a pattern, in which * stands for any text.
func matches(pattern, name string) bool {
	first, rest, star := strings.Cut(pattern, "*")
	if !strings.HasPrefix(name, first) {
		return false
	}
	name = name[len(first):]
	if !star {
		return name == ""
	}
	for i := range len(name) + 1 {
		if matches(rest, name[i:]) {
			return true
		}
	}
	return false
}

// idlePlace tells why no mutant at a site teaches anything: it stands in an
// argument of a call that does not, or where control never comes.
func (c *finder) idlePlace(site ast.Node) string {
	for _, n := range []ast.Node{site, c.node} {
		if s, ok := n.(ast.Stmt); ok && c.dead[s] {
			return unreached
		}
	}
	for i := range c.parents {
		switch up := c.parent(i).(type) {
		case ast.Stmt:
			if c.dead[up] {
				return unreached
			}
		case *ast.CallExpr:
			if c.child(i, site) == ast.Node(up.Fun) {
				continue
			}
			if why := c.arid(up); why != "" {
				return strings.Replace(why, "call of", "argument of", 1)
			}
		}
	}
	return ""
}

const unreached = "code that nothing reaches"

// deadIn are the statements behind one that ends their list, up to the next label.
func deadIn(f *ast.File) map[ast.Stmt]bool {
	dead := map[ast.Stmt]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		ended := false
		for _, s := range listOf(n) {
			if _, label := s.(*ast.LabeledStmt); label {
				ended = false
			}
			if ended {
				dead[s] = true
			}
			switch s := s.(type) {
			case *ast.ReturnStmt, *ast.BranchStmt:
				ended = true
			case *ast.ExprStmt:
				ended = ended || isPanic(s.X)
			}
		}
		return true
	})
	return dead
}

// receiver is what stands before the name of a function in a reason, with a dot.
func receiver(fn *types.Func) string {
	if r := fn.Signature().Recv(); r != nil {
		t := r.Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		return types.TypeString(t, (*types.Package).Name) + "."
	}
	return fn.Pkg().Name() + "."
}
