package mutate

import (
	"go/ast"
	"go/types"
	"strings"
)

// arid tells why removing a call teaches nothing, or nothing where it may: the
// call writes a log, prints, or helps a test to report.
func (c *finder) arid(call *ast.CallExpr) string {
	if c.isBuiltin(call, "print") || c.isBuiltin(call, "println") {
		return "call of print"
	}
	fn := c.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	path := fn.Pkg().Path()
	if path == "fmt" && strings.HasPrefix(fn.Name(), "Print") {
		return "call of fmt." + fn.Name()
	}
	for _, pkg := range talkers {
		if path == pkg || strings.HasPrefix(path, pkg+"/") {
			return "call of " + receiver(fn) + fn.Name()
		}
	}
	return ""
}

// talkers are packages whose functions and methods report to people. Packages
// below them count too.
var talkers = []string{
	"log", "testing", "go.uber.org/zap", "github.com/rs/zerolog", "github.com/sirupsen/logrus",
	"k8s.io/klog", "github.com/golang/glog", "github.com/go-logr/logr", "github.com/hashicorp/go-hclog",
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
