package agent_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/agent"
	"github.com/evilution-go/evilution-go/internal/build"
	"github.com/evilution-go/evilution-go/internal/frame"
	"github.com/vmihailenco/msgpack/v5"
	"golang.org/x/tools/txtar"
)

const token = "0123456789abcdef0123456789abcdef"

// module is testdata/module.txtar, written out and built once for all tests.
type module struct {
	dir, store string
	binaries   map[string]string // by import path
}

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "copy" { // this binary is the copier too
		if err := build.CopyBinary(os.Args[2], os.Args[3:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	if root != "" {
		_ = os.RemoveAll(root)
	}
	os.Exit(code)
}

var (
	building sync.Once
	built    *module
	root     string // holds all that is built
)

// instrumented returns the built module.
func instrumented(t *testing.T) *module {
	t.Helper()
	building.Do(func() { built = makeModule(t) })
	if built == nil {
		t.Fatal("the module was not built")
	}
	return built
}

func makeModule(t *testing.T) *module {
	t.Helper()
	var err error
	root, err = os.MkdirTemp("", "agent")
	check(t, err)
	m := &module{dir: filepath.Join(root, "m"), store: filepath.Join(root, "store"), binaries: make(map[string]string)}
	overlay, err := agent.Overlay(goroot(t))
	check(t, err)
	archive, err := txtar.ParseFile(filepath.Join("testdata", "module.txtar"))
	check(t, err)
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "overlay/"); ok {
			overlay[filepath.Join(m.dir, name)] = f.Data
			continue
		}
		path := filepath.Join(m.dir, f.Name)
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		check(t, os.WriteFile(path, f.Data, 0o644))
	}
	json, err := build.WriteOverlay(filepath.Join(root, "overlay"), overlay)
	check(t, err)
	for _, r := range m.build(t, json, "./...") {
		switch r.Status {
		case build.Built:
			m.binaries[r.Path] = filepath.Join(root, build.Name(r.Path))
			check(t, build.Take(r.Binary, m.binaries[r.Path]))
		case build.NoTests:
		default:
			t.Fatalf("%s: %v\n%s", r.Path, r.Status, r.Words)
		}
	}
	return m
}

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	check(t, err)
	return strings.TrimSpace(string(out))
}

func (m *module) build(t *testing.T, overlay string, packages ...string) []build.Result {
	t.Helper()
	argv, env, err := build.Command(build.Options{
		Dir: m.dir, Packages: packages, Overlay: overlay, Store: m.store,
		Copier: []string{os.Args[0], "copy"}, Env: os.Environ(),
	})
	check(t, err)
	cmd := exec.CommandContext(t.Context(), argv[0], argv[1:]...)
	cmd.Dir, cmd.Env = m.dir, env
	out, _ := cmd.CombinedOutput()
	results, rest := build.Parse(m.store, out)
	if rest != "" {
		t.Logf("go says:\n%s", rest)
	}
	return results
}

// outcome is what came back from one process.
type outcome struct {
	frames []map[string]any
	err    error // what ended the frames; nil: a clean end
	code   int
	output string
	wall   time.Duration
}

// run starts the package's binary as a worker does, its order beside it.
func (m *module) run(t *testing.T, pkg, order string, args ...string) outcome {
	t.Helper()
	dir := t.TempDir()
	binary := filepath.Join(dir, "x.test")
	check(t, os.Link(m.binaries["x.y/m/"+pkg], binary))
	if order != "" {
		check(t, os.WriteFile(filepath.Join(dir, "order"), []byte(order), 0o644))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, append([]string{"-test.paniconexit0", "-test.timeout=0"}, args...)...)
	cmd.Dir = filepath.Join(m.dir, pkg)
	cmd.Env = []string{"GODEBUG=asynctimerchan=0", "HOME=" + dir, "TMPDIR=" + dir, "PATH=" + os.Getenv("PATH")}
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	read := func() ([]map[string]any, error) { return nil, nil }
	if order != "" {
		r, w, err := os.Pipe()
		check(t, err)
		defer r.Close()
		defer w.Close()
		cmd.ExtraFiles = []*os.File{w}
		cmd.Env = append(cmd.Env, "EVILUTION_PIPE=3", "EVILUTION_TOKEN="+token, "RESULTS="+inode(t, r))
		read = func() ([]map[string]any, error) { w.Close(); return readFrames(r) }
	}
	start := time.Now()
	check(t, cmd.Start())
	frames, err := read()
	_ = cmd.Wait()
	if ctx.Err() != nil {
		t.Fatalf("the process did not end; it says:\n%s", output.String())
	}
	return outcome{frames, err, cmd.ProcessState.ExitCode(), output.String(), time.Since(start)}
}

// inode identifies a pipe by either end.
func inode(t *testing.T, f *os.File) string {
	t.Helper()
	info, err := f.Stat()
	check(t, err)
	return fmt.Sprint(info.Sys().(*syscall.Stat_t).Ino)
}

func readFrames(from io.Reader) (frames []map[string]any, err error) {
	r := frame.NewReader(from, frame.Cap)
	for {
		body, err := r.Next()
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return frames, nil
		}
		if err != nil {
			return frames, err
		}
		if err := frame.CheckToken(body, token); err != nil {
			return frames, err
		}
		d := msgpack.NewDecoder(bytes.NewReader(body))
		d.UseLooseInterfaceDecoding(true)
		f, err := d.DecodeMap()
		if err != nil {
			return frames, err
		}
		frames = append(frames, f)
	}
}

// story is the frames in short: kind, test, code, and what was reached.
func (o outcome) story() string {
	var b strings.Builder
	for _, f := range o.frames {
		fmt.Fprint(&b, f["kind"])
		for _, key := range []string{"test", "code"} {
			if v, ok := f[key]; ok {
				fmt.Fprintf(&b, " %v", v)
			}
		}
		if reach, ok := f["reach"].([]any); ok {
			for _, r := range reach {
				r := r.(map[string]any)
				fmt.Fprintf(&b, " %v%v", r["mutants"], r["ticks"])
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// tells compares the frames, in short, and the exit code.
func (o outcome) tells(t *testing.T, code int, lines ...string) {
	t.Helper()
	want := strings.Join(lines, "\n") + "\n"
	if len(lines) == 0 {
		want = ""
	}
	if got := o.story(); got != want || o.code != code || o.err != nil {
		t.Errorf("frames:\n%sexit %d, %v; want:\n%sexit %d\noutput:\n%s", got, o.code, o.err, want, code, o.output)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
