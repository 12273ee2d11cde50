package mutate

import (
	"maps"
	"slices"
)

// differences are bounds on the differences of terms: x - y <= c, and x - y != c.
// A term is whatever has an order, or can be equal to another of its kind; only of
// integers the distance counts. What is found to contradict itself cannot be so;
// what is not found to may be so or not.
type differences struct {
	index map[string]int
	bound [][]int64 // [x][y] is the greatest value that x - y may have
	apart []apart
}

// apart says x - y != by.
type apart struct {
	x, y int
	by   int64
}

// term is the value of an expression: that of key, and a number more. The key of a
// number alone is empty.
type term struct {
	key  string
	plus int64
}

const unbounded = int64(1) << 62

// mostTerms bounds what is looked at, for the work grows with its third power.
const mostTerms = 24

func newDifferences() *differences {
	d := &differences{index: map[string]int{}}
	d.node("")
	return d
}

func (d *differences) clone() *differences {
	c := &differences{index: maps.Clone(d.index), apart: slices.Clone(d.apart)}
	for _, row := range d.bound {
		c.bound = append(c.bound, slices.Clone(row))
	}
	return c
}

// node is the number of a term.
func (d *differences) node(key string) int {
	i, ok := d.index[key]
	if ok {
		return i
	}
	i = len(d.bound)
	d.index[key] = i
	for j := range d.bound {
		d.bound[j] = append(d.bound[j], unbounded)
	}
	row := slices.Repeat([]int64{unbounded}, i+1)
	row[i] = 0
	d.bound = append(d.bound, row)
	return i
}

// atMost adds x - y <= by.
func (d *differences) atMost(x, y term, by int64) {
	i, j := d.node(x.key), d.node(y.key)
	d.bound[i][j] = min(d.bound[i][j], by+y.plus-x.plus)
}

func (d *differences) equal(x, y term) {
	d.atMost(x, y, 0)
	d.atMost(y, x, 0)
}

func (d *differences) differ(x, y term) {
	d.apart = append(d.apart, apart{d.node(x.key), d.node(y.key), y.plus - x.plus})
}

// possible derives what follows, and tells whether nothing contradicts itself.
func (d *differences) possible() bool {
	for {
		for k := range d.bound {
			for i := range d.bound {
				for j := range d.bound {
					if d.bound[i][k] < unbounded && d.bound[k][j] < unbounded {
						d.bound[i][j] = min(d.bound[i][j], d.bound[i][k]+d.bound[k][j])
					}
				}
			}
		}
		for i := range d.bound {
			if d.bound[i][i] < 0 {
				return false
			}
		}
		if !d.tighten() {
			return true
		}
	}
}

// tighten moves bounds that are at a value which is excluded.
func (d *differences) tighten() bool {
	moved := false
	for _, a := range d.apart {
		if d.bound[a.x][a.y] == a.by {
			d.bound[a.x][a.y]--
			moved = true
		}
		if d.bound[a.y][a.x] == -a.by {
			d.bound[a.y][a.x]--
			moved = true
		}
	}
	return moved
}
