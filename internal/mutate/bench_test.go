package mutate

import (
	"os"
	"testing"
)

// BenchmarkFind looks at the packages of the hazard module.
func BenchmarkFind(b *testing.B) {
	archive, err := os.ReadFile("testdata/hazards.txtar")
	if err != nil {
		b.Fatal(err)
	}
	m := loadArchive(b, string(archive))
	found := 0
	for b.Loop() {
		found = 0
		for _, p := range m.Packages {
			found += len(Find(p, Operators()))
		}
	}
	b.ReportMetric(float64(found), "mutants")
}
