package junit_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// node is any XML element.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []node     `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n node) child(name string) (node, bool) {
	i := slices.IndexFunc(n.Children, func(c node) bool { return c.XMLName.Local == name })
	if i < 0 {
		return node{}, false
	}
	return n.Children[i], true
}

// schema is an XML schema of the kind that testdata has: global elements that
// are strings or sequences of references, with attributes that are strings.
// There is no validator of XML schemas in plain Go; this one refuses what it does
// not know.
type schema map[string]node

func readSchema(t *testing.T, path string) schema {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var root node
	if err := xml.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	s := make(schema)
	for _, e := range root.Children {
		if e.XMLName.Local != "element" {
			t.Fatalf("%s: a global %s is more than this validator knows", path, e.XMLName.Local)
		}
		s[e.attr("name")] = e
	}
	return s
}

// problems says what n has that the schema does not allow.
func (s schema) problems(n node) []string {
	name := n.XMLName.Local
	def, ok := s[name]
	if !ok {
		return []string{name + ": no such element"}
	}
	if def.attr("type") == "xs:string" {
		def = node{Children: []node{{XMLName: xml.Name{Local: "complexType"}, Attrs: []xml.Attr{{Name: xml.Name{Local: "mixed"}, Value: "true"}}}}}
	}
	shape, ok := def.child("complexType")
	if !ok || len(def.Children) != 1 {
		return []string{name + ": more than this validator knows"}
	}
	list := append(attributes(name, shape, n), s.children(name, shape, n)...)
	if shape.attr("mixed") != "true" && strings.TrimSpace(n.Text) != "" {
		list = append(list, fmt.Sprintf("%s: text %q", name, n.Text))
	}
	for _, c := range n.Children {
		list = append(list, s.problems(c)...)
	}
	return list
}

func attributes(name string, shape, n node) (problems []string) {
	known := make(map[string]bool)
	for _, a := range shape.Children {
		if a.XMLName.Local != "attribute" {
			continue
		}
		if a.attr("type") != "xs:string" {
			problems = append(problems, name+": an attribute of a type that this validator does not know")
		}
		known[a.attr("name")] = true
		has := slices.ContainsFunc(n.Attrs, func(b xml.Attr) bool { return b.Name.Local == a.attr("name") })
		if a.attr("use") == "required" && !has {
			problems = append(problems, name+": no attribute "+a.attr("name"))
		}
	}
	for _, a := range n.Attrs {
		if !known[a.Name.Local] {
			problems = append(problems, name+": attribute "+a.Name.Local)
		}
	}
	return problems
}

// children walks the sequence of references along the elements that are there.
func (s schema) children(name string, shape, n node) (problems []string) {
	sequence, _ := shape.child("sequence")
	rest := n.Children
	for _, ref := range sequence.Children {
		count := 0
		for len(rest) > 0 && rest[0].XMLName.Local == ref.attr("ref") {
			rest, count = rest[1:], count+1
		}
		low, high := bound(ref.attr("minOccurs")), bound(ref.attr("maxOccurs"))
		if count < low || high >= 0 && count > high {
			problems = append(problems, fmt.Sprintf("%s: %d × %s", name, count, ref.attr("ref")))
		}
	}
	if len(rest) > 0 {
		problems = append(problems, fmt.Sprintf("%s: %s does not stand here", name, rest[0].XMLName.Local))
	}
	return problems
}

// bound is a value of minOccurs or maxOccurs; -1 is unbounded.
func bound(value string) int {
	switch value {
	case "":
		return 1
	case "unbounded":
		return -1
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		panic(err)
	}
	return n
}

const jenkins = "testdata/jenkins-junit.xsd"

// validate holds data against the published schema, with xmllint too where that
// is installed.
func validate(t *testing.T, data []byte) {
	t.Helper()
	var root node
	if err := xml.Unmarshal(data, &root); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	for _, p := range readSchema(t, jenkins).problems(root) {
		t.Error(p)
	}
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		return
	}
	cmd := exec.Command(lint, "--noout", "--nonet", "--schema", jenkins, "-")
	cmd.Stdin = strings.NewReader(string(data))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("xmllint: %v\n%s", err, out)
	}
}

// TestValidatorRefuses keeps the validator honest.
func TestValidatorRefuses(t *testing.T) {
	s := readSchema(t, jenkins)
	for _, bad := range []string{
		`<unknown/>`,
		`<testsuite tests="1"/>`,
		`<testsuite name="a" tests="1" colour="red"/>`,
		`<testsuite name="a" tests="1"><testcase name="x"/><properties><property name="a" value="b"/></properties></testsuite>`,
		`<testsuite name="a" tests="1"><properties/></testsuite>`,
		`<testsuite name="a" tests="1">text</testsuite>`,
		`<testcase name="x"><skipped message="no"/></testcase>`,
		`<testcase name="x"><skipped/><skipped/></testcase>`,
		`<testsuites><testcase name="x"/></testsuites>`,
	} {
		var n node
		if err := xml.Unmarshal([]byte(bad), &n); err != nil {
			t.Fatal(err)
		}
		if len(s.problems(n)) == 0 {
			t.Errorf("%s is found valid", bad)
		}
	}
}
