// Package load turns what the user wrote on the command line into typed
// packages: syntax, types and bytes of every file that may be mutated.
//
// It asks the go command (through golang.org/x/tools/go/packages) which
// packages the patterns name; those packages alone are parsed and checked from
// source, everything they import comes from export data. Test files are not
// loaded: a package only knows whether it has any. Only packages of the main
// module, or of the modules of a go.work file, are ever returned.
//
// A package that does not parse or type-check is still returned, with the
// messages in Errors; it must not be mutated. What makes the whole request
// meaningless (no go.mod, a pattern that matches nothing, a module that needs a
// newer Go) is an error of one line that wraps one of the Err values.
//
// The go commands that Load starts end when its context does. Load keeps no
// goroutine and no state; the packages that it returns may be read by many
// goroutines at once.
package load

import (
	"context"
	"go/ast"
	"go/token"
	"go/types"
)

// Config says what to load. Its zero value loads the package of the current
// directory with the environment of this process.
type Config struct {
	Dir      string   // where the go command runs; "" is the current directory
	Patterns []string // as the go command understands them; none is "."
	Tags     string   // build tags, separated by commas
	Env      []string // the environment; nil is the one of this process
}

// Module is the module of Config.Dir with the packages that were asked for.
type Module struct {
	// Path and Dir are the module's path and absolute root. In a workspace whose
	// root is no module, Path names the modules of Packages, separated by commas, and
	// Dir is the folder of go.work.
	Path string
	Dir  string
	// GoVersion is the language version of the module, as in "1.21"; "1.16" where
	// go.mod has no go line.
	GoVersion string
	// Work is the absolute path of the go.work file in force, or empty.
	Work string
	// Env is what `go env` says in Config.Dir, by name: the toolchain's places and
	// settings.
	Env map[string]string
	// Packages in order of their paths.
	Packages []*Package
}

// Package is one package without its tests. Only Path, Dir, Files' names and
// Errors are certain to be set when Errors is not empty.
type Package struct {
	Path      string // import path
	Name      string
	Dir       string // absolute
	Module    string // path of the module that holds it
	ModuleDir string // absolute root of that module

	// GoVersion is what types.Config.GoVersion takes, as in "go1.21".
	GoVersion string
	// Files are the files that the compiler sees, in order of their paths. Where
	// cgo is used, the files that cgo wrote stand in for those that import "C".
	Files   []*File
	Skipped []Skipped // files that are compiled but cannot be mutated
	// Native is the same package with the files that import "C" as the user wrote
	// them; they alone are not Derived there. They can be mutated and not switched.
	// It is nil where no file does.
	Native *Package
	// UsesC: Native is checked without knowing what C has.
	UsesC bool

	Fset  *token.FileSet
	Types *types.Package
	Info  *types.Info
	Sizes types.Sizes

	// HasTests tells whether the folder holds a _test.go file that this platform
	// and these tags select.
	HasTests bool
	// Errors are the messages of the go command, the parser and the checker, each
	// beginning with file:line:column where it has a place; one line each.
	Errors []string

	// Importer finds the packages that this one imports, for checking changed text
	// of its files again, and any other package of its dependencies. It is not
	// safe for concurrent use, nor together with that of another package of the
	// same Load.
	Importer types.Importer
}

// File is one compiled file.
type File struct {
	Path   string // absolute
	Rel    string // slash-separated, relative to Module.Dir
	Source []byte // as on disk; never changed
	Syntax *ast.File
	// GoVersion is the language version that holds in this file: the package's,
	// unless a build constraint says otherwise.
	GoVersion string
	// Generated tells that the file says `Code generated … DO NOT EDIT.`
	Generated bool
	// Derived tells that the file takes part in checking and has no mutants: cgo
	// wrote it, or in a Native package it has them in the other view.
	Derived bool
}

// Skipped is a file of the user that is compiled but cannot be mutated.
type Skipped struct {
	Rel    string
	Reason string
}

// Load loads the packages that c names. It starts go commands and waits for
// them; see the package comment for the errors.
func Load(ctx context.Context, c Config) (*Module, error) {
	e, err := readEnv(ctx, c)
	if err != nil {
		return nil, err
	}
	roots, sources, err := list(ctx, c, e)
	if err != nil {
		return nil, err
	}
	return assemble(e, roots, sources), nil
}
