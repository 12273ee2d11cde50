package shard_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/evilution-go/evilution-go/internal/shard"
)

// module has a big package, some small ones, and a few dear mutants.
func module() []shard.Item {
	var items []shard.Item
	for i := range 600 {
		cost := shard.Switched
		switch {
		case i%97 == 0:
			cost = shard.OwnBuild
		case i%13 == 0:
			cost = shard.Settled
		}
		items = append(items, shard.Item{Key: fmt.Sprint("big", i), Group: "big", Cost: cost})
	}
	for p := range 20 {
		for i := range 10 {
			items = append(items, shard.Item{Key: fmt.Sprint("small", p, i), Group: fmt.Sprint("small", p), Cost: shard.Switched})
		}
	}
	return items
}

func TestDealIsEvenAndKeepsSmallPackagesWhole(t *testing.T) {
	items := module()
	for count := 1; count <= 7; count++ {
		load, where := make([]int, count), make(map[string][]int)
		total := 0
		for i, s := range shard.Deal(items, count) {
			if s < 1 || s > count {
				t.Fatalf("shard %d of %d", s, count)
			}
			load[s-1] += items[i].Cost
			total += items[i].Cost
			if g := items[i].Group; !slices.Contains(where[g], s) {
				where[g] = append(where[g], s)
			}
		}
		if most := slices.Max(load); most > total/count+shard.OwnBuild {
			t.Errorf("%d shards have %v", count, load)
		}
		for g, shards := range where {
			if g != "big" && len(shards) > 1 {
				t.Errorf("%d shards: package %s is in %v", count, g, shards)
			}
		}
	}
}

func TestDealDoesNotDependOnTheOrder(t *testing.T) {
	items := module()
	want := make(map[string]int)
	for i, s := range shard.Deal(items, 3) {
		want[items[i].Key] = s
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	for i, s := range shard.Deal(items, 3) {
		if want[items[i].Key] != s {
			t.Fatalf("%s is in shard %d, and was in %d", items[i].Key, s, want[items[i].Key])
		}
	}
}

func TestParse(t *testing.T) {
	if p, err := shard.Parse("2/3"); err != nil || p != (shard.Part{Index: 2, Count: 3}) || p.String() != "2/3" {
		t.Errorf("%v, %v", p, err)
	}
	if p, err := shard.Parse(""); err != nil || p != (shard.Part{}) {
		t.Errorf("%v, %v", p, err)
	}
	for _, text := range []string{"0/3", "4/3", "-1/3", "1/0", "1", "a/b", "1/2/3", "1.5/2"} {
		if p, err := shard.Parse(text); err == nil {
			t.Errorf("%q is %v", text, p)
		}
	}
}
