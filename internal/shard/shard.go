// Package shard deals the mutants of a session out to several machines that do
// not talk to each other.
//
// Each of them knows all mutants and comes to the same result, since that depends
// on nothing but the mutants: no clock, no history, no order of a map. What a
// mutant costs is estimated from what is known without running anything: a mutant
// without a switch needs a build of its own, one that is settled costs nothing.
// How slow the tests are nobody knows before they ran, so a package that is big
// against a shard's share is dealt out mutant by mutant, and every shard gets its
// part of it whatever its tests cost; small packages stay whole, so that a shard
// builds few of them.
//
// The package is pure.
package shard

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Item is one mutant.
type Item struct {
	Key   string // unique
	Group string // its package
	Cost  int
}

// Costs of mutants, in what one costs that has a switch. Measured: some 10 ms
// against 0.3 to 0.9 s.
const (
	Settled  = 0
	Switched = 1
	OwnBuild = 40
)

// Part is shard Index of Count, from 1. The zero value is everything.
type Part struct{ Index, Count int }

// Parse reads k/n; "" is everything.
func Parse(text string) (Part, error) {
	if text == "" {
		return Part{}, nil
	}
	k, n, ok := strings.Cut(text, "/")
	index, err1 := strconv.Atoi(k)
	count, err2 := strconv.Atoi(n)
	if !ok || err1 != nil || err2 != nil {
		return Part{}, fmt.Errorf("%q is not of the form 2/5", text)
	}
	if count < 1 || index < 1 || index > count {
		return Part{}, fmt.Errorf("%q: there is no shard %d of %d", text, index, count)
	}
	return Part{index, count}, nil
}

func (p Part) String() string { return fmt.Sprintf("%d/%d", p.Index, p.Count) }

// whole is how many packages fit into a shard at least, if they are to stay
// whole: fewer could not be dealt out evenly.
const whole = 4

// Deal gives each item its shard, from 1 to count. Items may come in any order.
func Deal(items []Item, count int) []int {
	shards := make([]int, len(items))
	load := make([]int, count)
	for _, unit := range units(items, count) {
		least := 0
		for i, l := range load {
			if l < load[least] {
				least = i
			}
		}
		for _, i := range unit.items {
			shards[i] = least + 1
		}
		load[least] += unit.cost
	}
	return shards
}

// unit is what is dealt out together.
type unit struct {
	key   string
	cost  int
	items []int
}

// units joins the items of small groups, and sorts: the dear ones first.
func units(items []Item, count int) []unit {
	groups := make(map[string]*unit)
	total := 0
	for i, item := range items {
		g := groups[item.Group]
		if g == nil {
			g = &unit{key: item.Group}
			groups[item.Group] = g
		}
		g.items = append(g.items, i)
		g.cost += item.Cost
		total += item.Cost
	}
	var list []unit
	for _, g := range groups {
		if g.cost*whole*count <= total {
			list = append(list, *g)
			continue
		}
		for _, i := range g.items {
			list = append(list, unit{items[i].Key, items[i].Cost, []int{i}})
		}
	}
	slices.SortFunc(list, func(a, b unit) int { return cmp.Or(cmp.Compare(b.cost, a.cost), cmp.Compare(a.key, b.key)) })
	return list
}
