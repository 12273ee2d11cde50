package isolation

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/agent"
)

// fixture is a package whose tests end in every way; its one instrumented
// function has one mutant, written by hand as the tool would.
const fixture = `package fixture

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"evilution/agent"
)

var pkg = agent.Open("example.com/fixture", 1, 1, []int32{0, 1})

func double(n int) int {
	if pkg.Is(1) {
		return n + 3
	}
	return n * 2
}

func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv("TEARDOWN") != "" {
		code = 5
	}
	os.Exit(code)
}

func TestPass(t *testing.T) { t.Log(double(3)) }
func TestMutant(t *testing.T) {
	if got := double(1); got != 2 {
		t.Fatalf("double(1) = %d", got)
	}
}
func TestPanic(t *testing.T)    { var p *int; *p++ }
func TestRecovered(t *testing.T) {
	defer func() { fmt.Println("panic:", recover()) }()
	panic("caught")
}
var runs int
func TestThird(t *testing.T) {
	if runs++; runs == 3 {
		t.Fatal("the third time")
	}
}
func TestExit0(t *testing.T)  { os.Exit(0) }
func TestExit3(t *testing.T)  { os.Exit(3) }
func TestSleep(t *testing.T)  { time.Sleep(time.Hour) }
func TestSpin(t *testing.T)   { for { pkg.Tick(1) } }
func TestClose(t *testing.T) {
	for fd := 3; fd < 1024; fd++ { syscall.Close(fd) }
}
func TestWrite(t *testing.T) {
	for fd := 3; fd < 1024; fd++ { syscall.Write(fd, []byte("stray")) }
}
func TestHelper(t *testing.T) {
	if os.Getenv("HELP") != "" { fmt.Println("helper says", double(1)); return }
	cmd := exec.Command(os.Args[0], "-test.run=^TestHelper$")
	cmd.Env = []string{"HELP=1"}
	out, err := cmd.CombinedOutput()
	fmt.Printf("%s%v\n", out, err)
}
`

// build compiles the fixture with the real agent, once for all tests.
func build(t *testing.T) string {
	t.Helper()
	binary, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

var compiled = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(shared, "fixture")
	files, err := fixtureFiles(dir)
	if err != nil {
		return "", err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return "", err
		}
	}
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-overlay", filepath.Join(dir, "overlay.json"), "-o", "fixture.test", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return filepath.Join(dir, "fixture.test"), nil
})

// fixtureFiles is what stands in dir: the fixture, the agent, and the overlay that
// brings them together.
func fixtureFiles(dir string) (map[string][]byte, error) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	agents, err := agent.Overlay(strings.TrimSpace(string(goroot)))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"go.mod": []byte("module example.com/fixture\n\ngo 1.21\n"), "fixture_test.go": []byte(fixture)}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for path, content := range agents {
		name := fmt.Sprint("overlay", len(files))
		files[name], overlay.Replace[path] = content, filepath.Join(dir, name)
	}
	files["overlay.json"], err = json.Marshal(overlay)
	return files, err
}

// The real agent in a real test binary, as section 7 of the contract measured
// it.
func TestLifecycle12_RealAgent(t *testing.T) {
	root, binary := open(t), build(t)
	base := func(tests ...string) Order {
		o := order(t, "")
		delete(o.Set, "FAKE")
		o.Binary, o.Tests = binary, tests
		return o
	}
	mutant := base("TestPass", "TestMutant", "TestPass")
	mutant.Mode, mutant.Package, mutant.Number, mutant.StopFirst = Mutant, "example.com/fixture", 1, true
	helper := mutant
	helper.Tests = []string{"TestHelper"}
	hang := base("TestSpin")
	hang.Ticks, hang.Floor = 1000, 50*time.Millisecond
	once := base("TestSpin")
	once.Loops = []Loop{{Stretch: 1000, Floor: 50 * time.Millisecond}}
	twice := base("TestPass", "TestThird")
	twice.Times = []int{0, 2}
	often := base("TestThird", "TestPass")
	often.Times = []int{5}
	slept := "not finished after 500ms"
	if runtime.GOOS == "linux" {
		slept = "nothing can wake it within 500ms"
	}
	sleep := base("TestSleep")
	sleep.Limits.Wall = 500 * time.Millisecond
	teardown := base("TestPass")
	teardown.Set["TEARDOWN"] = "1"
	for _, c := range []struct {
		name    string
		order   Order
		verdict Verdict
		cause   string
		test    string
		detail  string
	}{
		{"pass", base("TestPass", "TestMutant", "TestRecovered"), Passed, "", "", ""},
		{"mutant", mutant, Failed, "", "TestMutant", ""},
		{"twice", twice, Passed, "", "", ""},
		{"until it fails", often, Failed, "", "TestThird", ""},
		{"mutant in a helper", helper, Passed, "", "", ""},
		{"panic", base("TestPass", "TestPanic"), Crashed, CausePanic, "TestPanic", "panic: runtime error: invalid memory address or nil pointer dereference [recovered, repanicked]"},
		{"exit 0", base("TestExit0"), Crashed, CausePanic, "TestExit0", "panic: unexpected call to os.Exit(0) during test [recovered, repanicked]"},
		{"exit 3", base("TestExit3"), Crashed, CauseExit, "TestExit3", "exit status 3"},
		{"teardown", teardown, Crashed, CauseExit, "", "exit status 5"},
		{"hang", hang, Hang, "", "TestSpin", ""},
		{"hang in one call", once, Hang, "", "TestSpin", ""},
		{"sleep", sleep, Timeout, "", "TestSleep", slept},
		{"writes to all descriptors", base("TestWrite"), Broken, "", "TestWrite", "read frame of 1937011297 bytes: frame is too long"},
		{"closes all descriptors", base("TestClose"), Broken, "", "TestClose", "evilution agent: the result pipe was closed by the code under test"},
		{"no such test", base("TestNone"), Broken, "", "", "evilution agent: no test TestNone in this binary"},
	} {
		out := mustRun(t, root, c.order)
		if out.Verdict != c.verdict || out.Cause != c.cause || out.Test != c.test || c.detail != "" && out.Detail != c.detail {
			t.Errorf("%s: %v %q in %q: %q\n%s", c.name, out.Verdict, out.Cause, out.Test, out.Detail, out.Output)
		}
		if c.name == "mutant" && len(out.Tests) != 2 {
			t.Errorf("did not stop at the first failure: %+v", out.Tests)
		}
		if in := strings.HasSuffix(out.Detail, " iterations in one call"); in != (c.name == "hang in one call") {
			t.Errorf("%s: %q", c.name, out.Detail)
		}
		if c.name == "mutant in a helper" && !strings.Contains(string(out.Output), "helper says 4") {
			t.Errorf("helper: %s", out.Output)
		}
	}
}

// A recording, with a helper process that reaches the mutant in its stead.
func TestRealAgentRecords(t *testing.T) {
	root := open(t)
	o := order(t, "")
	delete(o.Set, "FAKE")
	o.Binary, o.Mode, o.Tests = build(t), Record, []string{"TestMutant", "TestHelper", "TestRecovered"}
	out := mustRun(t, root, o)
	if out.Verdict != Passed || len(out.Tests) != 3 || len(out.Hello.Packages) != 1 {
		t.Fatalf("%v: %s: %+v\n%s", out.Verdict, out.Detail, out, out.Output)
	}
	for i, want := range []uint64{1, 1, 0} {
		reach := out.Tests[i].Reach
		if want == 0 && len(reach) == 0 {
			continue
		}
		if len(reach) != 1 || len(reach[0].Mutants) != 3 || reach[0].Mutants[0] != 1 || reach[0].Mutants[1] != want {
			t.Errorf("%s reached %+v, want %d", out.Tests[i].Test, reach, want)
		}
	}
	if len(out.Hello.Tests) != 0 {
		t.Errorf("tests %v, which the order has named", out.Hello.Tests)
	}
}
