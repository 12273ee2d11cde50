// Package build turns packages into test binaries with one go command. It says
// how to call it, what is overlaid, where the binaries go and what its output
// means; it starts no process itself, owns no goroutine, and everything in it
// may be called from any goroutine and from several processes at once.
//
// # One command
//
// `go test -c -o DIR` refuses packages with equal base names, and costs 0.2 s a
// package even when warm. So all packages are built by one
// `go test -json -vet=off -exec COPIER …`: instead of running a test binary, go
// hands it to the copier (a hidden command of the tool that calls CopyBinary),
// which keeps it in a store and says under which name. Debug information is left
// out, as go does for every binary that it only runs.
//
// # Nothing twice
//
// go never caches a linked test binary, but it caches what a test printed, under
// the hash of everything that went into the link, and then it does not link at
// all. To go, the copier is the test, and what it prints is the name of the
// binary in the store, which is the hash of its content. So an unchanged package
// is answered from go's own cache with the name of a file that is still there.
// What go asks of a test for that is a log of the files and variables that it
// looked at, beside the binary; the copier writes an empty one. Where a future go
// wants something else, the binary is merely linked again. (Measured on two
// cores with a module of one small package: 0.26 s with the link, 0.12 s
// without, and the package's own compilation and link are skipped alike.)
//
// The key of that cache holds the -exec command with all its words: the store
// must be the same directory and the tool the same file in each session, else
// all is linked again. Overlays count by the content of their files only.
//
// A binary may be gone from the store, or damaged; Take checks its content and
// reports ErrGone. Then the package is built again with Options.Force.
package build

import (
	"path/filepath"
	"slices"
	"strconv"
)

// Options describe one go command.
type Options struct {
	Go       string   // the go command; empty: "go", found by PATH
	Dir      string   // where it runs, absolute; in the module
	Env      []string // its environment, without what Command adds
	Packages []string // import paths or patterns
	Tags     string   // comma-separated; empty: none
	Overlay  string   // path of an overlay.json; empty: plain code
	Copier   []string // command that is given a folder of the store, the binary and its flags
	Store    string   // where binaries are kept, absolute; made by the copier
	Jobs     int      // parallel go actions; 0: go's default
	TempDir  string   // for go's and the linker's temporary files; empty: Env decides
	Force    bool     // link and copy even what is cached
}

// Command returns argv and environment of the go command that builds the test
// binaries of o.Packages. It must run in o.Dir with its standard output and
// error in one pipe or file, which Parse reads. The error is about a word of the
// copier's command that go's quoting cannot express.
func Command(o Options) (argv, env []string, err error) {
	exec, err := quote(append(slices.Clone(o.Copier), filepath.Join(o.Store, format)))
	if err != nil {
		return nil, nil, err
	}
	argv = []string{o.Go, "test", "-json", "-vet=off", "-exec", exec}
	if o.Go == "" {
		argv[0] = "go"
	}
	if o.Overlay != "" {
		argv = append(argv, "-overlay", o.Overlay)
	}
	if o.Tags != "" {
		argv = append(argv, "-tags", o.Tags)
	}
	if o.Jobs > 0 {
		argv = append(argv, "-p", strconv.Itoa(o.Jobs))
	}
	if o.Force {
		argv = append(argv, "-count=1")
	}
	argv = append(argv, o.Packages...)
	return argv, environ(o), nil
}

// environ is o.Env with the variables that the command depends on. The last
// value of a variable is the one that counts.
func environ(o Options) []string {
	env := append(slices.Clone(o.Env), "PWD="+filepath.Clean(o.Dir))
	if o.TempDir != "" {
		env = append(env, "GOTMPDIR="+o.TempDir, "TMPDIR="+o.TempDir)
	}
	return env
}
