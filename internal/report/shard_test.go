package report

import "testing"

// One shard may have found no free worker to try a package's tests beside themselves.
func TestMergeKeepsThatTestsAreExclusive(t *testing.T) {
	for _, order := range [][]string{{"why", ""}, {"", "why"}, {"why", "other"}} {
		var r Report
		for _, exclusive := range order {
			r.takePackage(Package{Path: "m", Status: PackageOK, Exclusive: exclusive})
		}
		r.takePackage(Package{Path: "m", Status: PackageTestsFail})
		if len(r.Packages) != 1 || r.Packages[0].Exclusive != "why" || r.Packages[0].Status != PackageTestsFail {
			t.Errorf("%q: %+v", order, r.Packages)
		}
	}
}
