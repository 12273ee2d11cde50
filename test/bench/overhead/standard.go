package main

// benchmarks are those of one module.
type benchmarks struct {
	module string // as for subject.Chosen
	match  string // of their names
	add    string // a test file for the module's root, with benchmarks that it lacks
}

var standard = []benchmarks{
	{module: "github.com/tidwall/gjson@v1.20.1", match: "^Benchmark(Valid|EvilutionGet)$", add: get},
	{module: "github.com/Masterminds/semver/v3@v3.5.0", match: "^BenchmarkCheckVersion"},
}

// get asks for members, elements and a query of a small document.
const get = `package gjson

import "testing"

const evilutionDocument = ` + "`" + `{
	"name": {"first": "Ada", "last": "Example"}, "age": 36,
	"children": ["Sara", "Alex", "Jack"],
	"friends": [
		{"first": "Dale", "last": "Murphy", "age": 44, "nets": ["ig", "fb", "tw"]},
		{"first": "Roger", "last": "Craig", "age": 68, "nets": ["fb", "tw"]},
		{"first": "Jane", "last": "\u00c5berg", "age": 47, "nets": ["ig", "tw"]}
	]
}` + "`" + `

func BenchmarkEvilutionGet(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		for _, path := range []string{"name.last", "age", "children.2", "friends.1.nets.0", "friends.#(age>45).first"} {
			if !Get(evilutionDocument, path).Exists() {
				b.Fatal(path)
			}
		}
	}
}
`
