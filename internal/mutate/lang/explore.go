package lang

// alphabet divides the runes: the i-th interval, from cuts[i] up to the next cut, is of
// class[i].
type alphabet struct {
	cuts  []rune
	class []int
}

func (a alphabet) classes() int {
	n := 0
	for _, c := range a.class {
		n = max(n, c+1)
	}
	return n
}

// explore makes a set of all states that can be come to from start, and gives up where
// there are too many.
func explore[K comparable](a alphabet, start K, step func(K, int) K, ends func(K) bool) *Set {
	number := map[K]int{start: 0}
	list := []K{start}
	s := &Set{cuts: a.cuts, class: a.class}
	classes := a.classes()
	for i := 0; i < len(list); i++ {
		row := make([]int, classes)
		for c := range row {
			to := step(list[i], c)
			n, known := number[to]
			if !known {
				if len(list) == mostStates || len(list)*classes > mostSteps {
					return nil
				}
				n = len(list)
				number[to], list = n, append(list, to)
			}
			row[c] = n
		}
		s.next, s.ends = append(s.next, row), append(s.ends, ends(list[i]))
	}
	return s.least()
}

// least is the same set with the fewest states and classes.
func (a *Set) least() *Set {
	block, blocks := a.partition()
	first := make([]int, blocks) // a state of each block
	for i := range first {
		first[i] = -1
	}
	for state, b := range block {
		if first[b] < 0 {
			first[b] = state
		}
	}
	s := &Set{cuts: a.cuts, class: a.class}
	for _, state := range first {
		row := make([]int, len(a.next[state]))
		for c, to := range a.next[state] {
			row[c] = block[to]
		}
		s.next, s.ends = append(s.next, row), append(s.ends, a.ends[state])
	}
	return s.join()
}

// partition numbers the states so that those have one number that no string tells apart;
// that where strings begin is 0. It refines until nothing changes.
func (a *Set) partition() (block []int, blocks int) {
	block = make([]int, len(a.next))
	for {
		numbers := map[string]int{}
		refined := make([]int, len(block))
		var key []byte
		for state, row := range a.next {
			key = appendInt(key[:0], block[state])
			if a.ends[state] {
				key = append(key, 1)
			} else {
				key = append(key, 0)
			}
			for _, to := range row {
				key = appendInt(key, block[to])
			}
			n, known := numbers[string(key)]
			if !known {
				n = len(numbers)
				numbers[string(key)] = n
			}
			refined[state] = n
		}
		if len(numbers) == blocks {
			return refined, blocks
		}
		block, blocks = refined, len(numbers)
	}
}

func appendInt(b []byte, n int) []byte {
	return append(b, byte(n), byte(n>>8), byte(n>>16))
}

// join makes one class of those that lead to the same states, and one interval of
// neighbours that are of one class.
func (a *Set) join() *Set {
	s := &Set{ends: a.ends}
	numbers := map[string]int{}
	renamed := map[int]int{}
	var columns []int
	for c := range a.next[0] {
		var key []byte
		for _, row := range a.next {
			key = appendInt(key, row[c])
		}
		n, known := numbers[string(key)]
		if !known {
			n = len(columns)
			numbers[string(key)], columns = n, append(columns, c)
		}
		renamed[c] = n
	}
	for i, cut := range a.cuts {
		c := renamed[a.class[i]]
		if n := len(s.class); n == 0 || s.class[n-1] != c {
			s.cuts, s.class = append(s.cuts, cut), append(s.class, c)
		}
	}
	for _, row := range a.next {
		short := make([]int, len(columns))
		for i, c := range columns {
			short[i] = row[c]
		}
		s.next = append(s.next, short)
	}
	return s
}
