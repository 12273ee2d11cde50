package isolation

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// behaviours are what a child may be asked to do.
var behaviours = map[string]func(*fake){
	"nothing": func(*fake) {},
	"pass":    (*fake).pass,
	"empty": func(f *fake) {
		f.hello()
		f.done(0)
	},
	"fail": func(f *fake) {
		f.hello("TestA", "TestB")
		f.start("TestA")
		f.end("TestA", 0)
		f.start("TestB")
		f.end("TestB", 1)
		f.done(1)
		os.Exit(1)
	},
	"fail but exit 0": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		f.end("TestA", 1)
		f.done(1)
	},
	"teardown exits": func(f *fake) { f.pass(); os.Exit(7) },
	"teardown hangs": func(f *fake) { f.pass(); forever(f) },
	"panic": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		unmade()["a"] = 1
	},
	"panic below a mountain": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		go func() {
			defer func() {
				for range 30_000 {
					fmt.Fprintln(os.Stderr, "goroutine 7 [sleep]: a line of a very long story")
				}
			}()
			panic("first of all")
		}()
		select {}
	},
	"stack overflow": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		debug.SetMaxStack(1 << 20)
		var deeper func(n int) int
		deeper = func(n int) int { return deeper(n+1) + n }
		deeper(0)
	},
	"exit 3": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		os.Exit(3)
	},
	"exit 0": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		os.Exit(0)
	},
	"exit 0 unsaid": func(*fake) {},
	"exit 86":       func(f *fake) { f.hello("TestA"); f.start("TestA"); os.Exit(86) },
	"hang": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		f.send("hang", map[string]any{"test": "TestA", "ticks": 12345})
		os.Exit(86)
	},
	"hang but exit 0": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		f.send("hang", map[string]any{"test": "TestA", "ticks": 12345})
	},
	"agent gives up": func(*fake) {
		fmt.Fprintln(os.Stderr, "evilution agent: no test TestX in this binary")
		os.Exit(87)
	},
	"kill itself": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	},
	"test missing": func(f *fake) {
		f.hello("TestA", "TestB")
		f.start("TestA")
		f.end("TestA", 0)
		f.done(0)
	},

	"second hangs": func(f *fake) {
		f.hello("TestA", "TestB")
		f.start("TestA")
		f.end("TestA", 0)
		f.start("TestB")
		await()
	},
	"second waits for itself": func(f *fake) {
		f.hello("TestA", "TestB")
		f.start("TestA")
		f.end("TestA", 0)
		f.start("TestB")
		never := make(chan os.Signal, 1)
		signal.Notify(never, syscall.SIGUSR1) // without that the runtime itself finds out
		<-never
	},
	"second sleeps for an hour": func(f *fake) {
		f.hello("TestA", "TestB")
		f.start("TestA")
		f.end("TestA", 0)
		f.start("TestB")
		time.Sleep(time.Hour)
	},
	"second sleeps": func(f *fake) {
		f.hello("TestA", "TestB")
		f.start("TestA")
		f.end("TestA", 0)
		f.start("TestB")
		time.Sleep(700 * time.Millisecond)
		f.end("TestB", 0)
		f.done(0)
	},
	"second spins": func(f *fake) {
		f.hello("TestA", "TestB")
		f.start("TestA")
		f.end("TestA", 0)
		f.start("TestB")
		for time.Now().Year() > 0 {
		}
	},

	// Wrong frames.
	"forged token": func(f *fake) {
		f.hello("TestA")
		f.token = strings.Repeat("0", 32)
		f.pass()
	},
	"stray text": func(f *fake) {
		f.hello("TestA")
		f.write([]byte("debug: here I am\n"))
		forever(f)
	},
	"torn": func(f *fake) {
		f.hello("TestA")
		b := f.encode("end", map[string]any{"test": "TestA", "code": 0})
		f.write(b[:len(b)/2])
	},
	"torn, then waits": func(f *fake) {
		f.hello("TestA")
		f.write(f.encode("start", map[string]any{"test": "TestA"})[:20])
		forever(f)
	},
	"20 MiB": func(f *fake) {
		f.hello("TestA")
		f.write(binary.BigEndian.AppendUint32(nil, 20<<20))
		_, _ = f.pipe.Write(make([]byte, 20<<20))
		forever(f)
	},
	"no msgpack": func(f *fake) {
		f.hello("TestA")
		f.write([]byte{0, 0, 0, 3, 0xc1, 0xc1, 0xc1})
		forever(f)
	},
	"wrong types": func(f *fake) {
		f.send("hello", map[string]any{"pid": "me", "tests": 5})
		forever(f)
	},
	"done before hello": func(f *fake) { f.done(0) },
	"end without start": func(f *fake) {
		f.hello("TestA")
		f.end("TestA", 0)
		f.done(0)
	},
	"done within a test": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		f.done(0)
	},
	"unknown kind": func(f *fake) { f.hello("TestA"); f.send("verdict", nil); f.done(0) },
	"two hellos":   func(f *fake) { f.hello("TestA"); f.hello("TestA"); f.done(0) },

	// Slow and large frames.
	"pause within a frame": func(f *fake) {
		f.hello("TestA", "TestB")
		f.start("TestA")
		b := f.encode("end", map[string]any{"test": "TestA", "code": 0, "us": 1})
		for _, part := range [][]byte{b[:2], b[2:9]} {
			f.write(part)
			time.Sleep(400 * time.Millisecond)
		}
		f.write(b[9:])
		f.start("TestB")
		f.end("TestB", 0)
		f.done(0)
	},
	"5 MiB": func(f *fake) {
		ticks := make([]uint64, 600_000) // of nine bytes each
		for i := range ticks {
			ticks[i] = uint64(i) | 1<<40
		}
		f.hello("TestA")
		f.start("TestA")
		f.send("end", map[string]any{"test": "TestA", "code": 0, "reach": []Reach{{Path: "p", Ticks: ticks}}})
		f.done(0)
	},
	"100 KiB at the very end": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		f.end("TestA", 0)
		mutants := make([]uint64, 30_000)
		for i := range mutants {
			mutants[i] = 70_000
		}
		f.send("done", map[string]any{"code": 0, "reach": []Reach{{Path: "p", Mutants: mutants}}})
	},

	// Output and descriptors.
	"100 MiB of output": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		line := []byte(strings.Repeat("0123456789abcde\n", 4096))
		os.Stdout.WriteString("first line\n")
		for range 100 << 20 / len(line) {
			os.Stdout.Write(line)
		}
		os.Stdout.WriteString("last line\n")
		f.end("TestA", 0)
		f.done(0)
	},
	"writes everywhere": func(f *fake) {
		f.hello("TestA")
		for fd := range 1024 {
			if fd != int(f.pipe.Fd()) && fd > 2 {
				_, _ = unix.Write(fd, []byte("stray"))
			}
		}
		f.start("TestA")
		f.end("TestA", 0)
		f.done(0)
	},
	"closes everything": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		for fd := range 1024 {
			_ = unix.Close(fd)
		}
		forever(f)
	},
	// Ends when as many of its kind have come to the directory as it is told.
	"meets": func(f *fake) {
		dir, crowd := os.Getenv("MEET"), os.Getenv("CROWD")
		_ = os.WriteFile(fmt.Sprintf("%s/%d", dir, os.Getpid()), nil, 0o600)
		for came, _ := os.ReadDir(dir); strconv.Itoa(len(came)) != crowd; came, _ = os.ReadDir(dir) {
			time.Sleep(time.Millisecond)
		}
		for _, name := range []string{"HOME", "TMPDIR", "FAKE_ORDER"} {
			fmt.Println(name + "=" + os.Getenv(name))
		}
		f.pass()
	},
	"environment": func(f *fake) {
		fmt.Println("args", os.Args[1:])
		for _, e := range os.Environ() {
			fmt.Println(e)
		}
		dir, _ := os.Getwd()
		fmt.Println("dir", dir)
		n, err := os.Stdin.Read(make([]byte, 1))
		fmt.Println("stdin", n, err == io.EOF)
		order, _ := os.ReadFile(os.Getenv("FAKE_ORDER"))
		fmt.Printf("order %s\n", order)
		f.pass()
	},

	// Processes and threads.
	"many threads": func(f *fake) {
		alive()
		f.begin()
		f.released()
		threads(700)
		f.end("TestA", 0)
		f.done(0)
	},
	"helper with many threads": func(f *fake) {
		alive()
		f.begin()
		f.released()
		cmd := exec.Command(itself())
		cmd.Env = append(os.Environ(), "FAKE=threads alone")
		_ = cmd.Run()
		f.end("TestA", 0)
		f.done(0)
	},
	"threads alone": func(*fake) { threads(700) },
	"until it was stopped twice": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		for stops, last := 0, time.Now(); stops < 2; {
			now := time.Now()
			if now.Sub(last) > 500*time.Millisecond {
				stops++
			}
			last = now
		}
		f.end("TestA", 0)
		f.done(0)
	},
	"forever": forever,
	"obeys":   func(f *fake) { alive(); f.begin(); await() },
	"disobeys": func(f *fake) {
		deaf()
		alive()
		f.begin()
		await()
	},
	"stops itself": func(f *fake) {
		alive()
		f.begin()
		_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
		await() // another thread may be the one that stops first
	},
	"leaves children": func(f *fake) {
		again("forever", false)
		again("forever", true)
		f.held(2)
		f.pass()
	},
	"leaves children, says nothing": func(f *fake) {
		again("forever", false)
		again("forever", true)
		f.held(2)
		fmt.Println("said")
	},
	"waits with children": func(f *fake) {
		again("forever", false)
		again("forever", true)
		deaf()
		alive()
		f.held(3)
		f.begin()
		time.Sleep(time.Hour)
	},
	"read-only directory": func(f *fake) {
		for _, dir := range []string{os.Getenv("HOME"), os.Getenv("TMPDIR")} {
			_ = os.MkdirAll(dir+"/a/b", 0o700)
			_ = os.WriteFile(dir+"/a/b/c", nil, 0o400)
			_ = os.Chmod(dir+"/a/b", 0)
			_ = os.Chmod(dir+"/a", 0o500)
		}
		f.pass()
	},
	"allocates": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		for {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			hoard = append(hoard, b)
		}
	},
	"grandchild allocates": func(f *fake) {
		f.hello("TestA")
		f.start("TestA")
		again("allocates alone", true)
		time.Sleep(time.Hour)
	},
	"allocates alone": func(*fake) {
		for {
			b := make([]byte, 16<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			hoard = append(hoard, b)
		}
	},
	"fork bomb":             func(*fake) { bomb("fork bomb", false) },
	"fork bomb with setsid": func(*fake) { bomb("fork bomb with setsid", true) },
}
