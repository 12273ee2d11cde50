package agent

import "syscall"

// Exit codes of a process that the agent ends.
const (
	exitHang   = 86 // a test is past its limits; a hang frame went before
	exitBroken = 87 // the order cannot be carried out, or nobody listens
)

// current is the order of this process, first whether it is the process that
// reports. Both are set by init and never change.
var (
	current order
	first   bool
)

// init runs before the init of every package that imports the agent.
func init() {
	results.open(take("EVILUTION_PIPE"), take("EVILUTION_TOKEN"))
	first = results.fd >= 0
	text, found := readOrder()
	if !found {
		if first {
			broken("no order")
		}
		return
	}
	o, bad := parseOrder(text)
	if bad != "" {
		broken("order not understood: " + bad)
	}
	current = o
	if o.mode == record {
		pause = 0
		if err := counters.open(o.counters); err != nil {
			broken("map " + o.counters + ": " + err.Error())
		}
		return
	}
	if first {
		begin("", o.before)
	}
}

// take reads a variable and removes it from the environment.
func take(name string) string {
	value, _ := syscall.Getenv(name)
	_ = syscall.Unsetenv(name)
	return value
}

// readOrder finds the order of this process. A variable that names no file is
// as good as an empty order: it must not let a mutant's helper run unmutated.
func readOrder() (text string, found bool) {
	if path, ok := syscall.Getenv("EVILUTION_ORDER"); ok && path != "" {
		text, _ := readFile(path)
		return text, true
	}
	dir := executableDir()
	if dir == "" {
		return "", false
	}
	return readFile(dir + "/order")
}

func readFile(path string) (text string, ok bool) {
	fd, err := retry(func() (int, error) {
		return syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	})
	if err != nil {
		return "", false
	}
	defer syscall.Close(fd)
	var all []byte
	buf := make([]byte, 4096)
	for {
		n, err := retry(func() (int, error) { return syscall.Read(fd, buf) })
		if n <= 0 {
			return string(all), err == nil
		}
		all = append(all, buf[:n]...)
	}
}

// retry repeats a system call that a signal interrupted.
func retry(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != syscall.EINTR {
			return n, err
		}
	}
}

// broken ends the process because the order cannot be carried out.
func broken(cause string) {
	_, _ = syscall.Write(2, []byte("evilution agent: "+cause+"\n"))
	syscall.Exit(exitBroken)
}
