package report_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/sample"
)

// schemaFile is the schema of the JSON format, for those who read reports.
const schemaFile = "../../docs/report.schema.json"

// TestSchema makes the schema from the types and their comments, and compares it
// with the one in docs. Every field must say what it is.
func TestSchema(t *testing.T) {
	statuses := &jsonschema.Schema{Type: "string"}
	for _, s := range mutant.Statuses() {
		statuses.Enum = append(statuses.Enum, string(s))
	}
	schema, err := jsonschema.For[report.Report](&jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[mutant.Status](): statuses,
	}})
	if err != nil {
		t.Fatal(err)
	}
	schema.Title = "A report of evilution-go"
	schema.Schema = "https://json-schema.org/draft/2020-12/schema"
	said := comments(t, ".", "../mutant")
	describe(t, schema, reflect.TypeFor[report.Report](), said)
	got, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(schemaFile, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: go test ./internal/report -run Schema -update", schemaFile)
	}
}

// describe gives the properties of the struct t the comments of its fields. A
// reader must bear fields that it does not know: they are added without a new
// version.
func describe(t *testing.T, schema *jsonschema.Schema, of reflect.Type, said map[string]string) {
	if schema.Items != nil {
		schema = schema.Items
	}
	if of = bare(of); of.Kind() != reflect.Struct {
		return
	}
	schema.AdditionalProperties = nil
	for _, field := range reflect.VisibleFields(of) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		property := schema.Properties[name]
		if field.Anonymous || name == "-" || property == nil {
			continue
		}
		owner := of
		if len(field.Index) > 1 {
			owner = of.FieldByIndex(field.Index[:len(field.Index)-1]).Type
		}
		property.Description = said[owner.Name()+"."+field.Name]
		if of := bare(field.Type); property.Description == "" && of.Kind() == reflect.Struct {
			property.Description = said[of.Name()]
		}
		if property.Description == "" {
			t.Errorf("%s.%s has no comment", owner.Name(), field.Name)
		}
		describe(t, property, field.Type, said)
	}
}

// bare is the type of the elements of a list or behind a pointer.
func bare(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// comments are the comments of all struct fields and types in the packages of
// some directories, by type and field.
func comments(t *testing.T, dirs ...string) map[string]string {
	t.Helper()
	said := make(map[string]string)
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				if group, ok := decl.(*ast.GenDecl); ok && group.Tok == token.TYPE {
					addComments(said, group)
				}
			}
		}
	}
	return said
}

func addComments(said map[string]string, group *ast.GenDecl) {
	for _, spec := range group.Specs {
		owner := spec.(*ast.TypeSpec)
		body, ok := owner.Type.(*ast.StructType)
		if !ok {
			continue
		}
		said[owner.Name.Name] = words(group.Doc)
		for _, field := range body.Fields.List {
			for _, name := range field.Names {
				said[owner.Name.Name+"."+name.Name] = strings.TrimSpace(words(field.Doc) + " " + words(field.Comment))
			}
		}
	}
}

// words is a comment in one line.
func words(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }

// TestReportsFitTheSchema holds documents to the schema, also one that a session
// would write that was interrupted before it knew anything.
func TestReportsFitTheSchema(t *testing.T) {
	schema, err := validator.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	empty := &report.Report{}
	empty.Summarize()
	for name, r := range map[string]*report.Report{"every status": sample.Report(), "nothing known": empty} {
		var out bytes.Buffer
		if err := r.WriteJSON(&out); err != nil {
			t.Fatal(err)
		}
		doc, err := validator.UnmarshalJSON(&out)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for what, text := range map[string]string{"an unknown status": `{"mutants": [{"status": "dead"}]}`, "no list": `{"mutants": 1}`} {
		doc, err := validator.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(doc) == nil {
			t.Errorf("%s is found valid", what)
		}
	}
}
