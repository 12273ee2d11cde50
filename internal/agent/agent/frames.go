package agent

// A frame is built whole, its length in the first four bytes, and sent by one
// call. Each starts with kind and token; fields is how many others follow.

func frame(kind string, fields int) *buffer {
	b := &buffer{0, 0, 0, 0}
	b.mapHeader(2 + fields)
	b.string("kind")
	b.string(kind)
	b.string("token")
	b.string(results.token)
	return b
}

func (b *buffer) send() { results.send(b.sealed()) }
func (b *buffer) hold() { results.hold(b.sealed()) }

// sealed is the frame with its length filled in.
func (b *buffer) sealed() []byte {
	f := *b
	n := len(f) - 4
	f[0], f[1], f[2], f[3] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	return f
}

// sendHello is followed by the first start, or done, at once.
func sendHello(pid int, tests []string) {
	b := frame("hello", 3)
	b.string("pid")
	b.int(pid)
	b.string("tests")
	b.arrayHeader(len(tests))
	for _, name := range tests {
		b.string(name)
	}
	b.string("packages")
	b.arrayHeader(len(packages))
	for _, p := range packages {
		b.mapHeader(3)
		b.string("path")
		b.string(p.path)
		b.string("funcs")
		b.int(len(p.loops) - 1)
		b.string("mutants")
		b.int(len(p.reach) - 1)
	}
	b.hold()
}

func sendInit() {
	b := frame("init", 1)
	b.reach()
	b.hold()
}

func sendStart(test string) {
	b := frame("start", 1)
	b.test(test)
	b.send()
}

// sendEnd tells the exit code and duration of one test. The next start, or done,
// follows at once.
func sendEnd(test string, code int, nanoseconds int64) {
	b := frame("end", 3+recorded())
	b.test(test)
	b.string("code")
	b.int(code)
	b.string("us")
	b.int(int(nanoseconds / 1000))
	b.reachIfRecorded()
	b.hold()
}

// sendHang ends the process.
func sendHang(test string, n uint64, once bool, at loop) {
	b := frame("hang", 6)
	b.test(test)
	b.string("ticks")
	b.uint(n)
	b.string("once")
	b.bit(once)
	b.string("file")
	b.string(at.file)
	b.string("line")
	b.int(at.line)
	b.string("call")
	b.bit(at.call)
	results.last(b.sealed(), exitHang)
}

func sendDone(code int) {
	b := frame("done", 1+recorded())
	b.string("code")
	b.int(code)
	b.reachIfRecorded()
	b.send()
}

func (b *buffer) bit(is bool) {
	n := 0
	if is {
		n = 1
	}
	b.int(n)
}

func (b *buffer) test(name string) {
	b.string("test")
	b.string(name)
}

// recorded is the number of reach fields in a frame of this process.
func recorded() int {
	if current.mode == record {
		return 1
	}
	return 0
}

func (b *buffer) reachIfRecorded() {
	if current.mode == record {
		b.reach()
	}
}

// reach takes all counts since it was called last.
func (b *buffer) reach() {
	var entries buffer
	n := 0
	for _, p := range packages {
		mutants, sums := p.takeReach(), p.takeSums()
		ticks, longest := p.takeLoops()
		if len(mutants) == 0 && len(ticks) == 0 {
			continue
		}
		n++
		entries.mapHeader(5)
		entries.string("path")
		entries.string(p.path)
		entries.string("mutants")
		entries.uints(mutants)
		entries.string("ticks")
		entries.uints(ticks)
		entries.string("longest")
		entries.uints(longest)
		entries.string("sums")
		entries.uints(sums)
	}
	b.string("reach")
	b.arrayHeader(n)
	*b = append(*b, entries...)
}
