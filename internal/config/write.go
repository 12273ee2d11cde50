package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Write writes a file that sets nothing and explains everything.
func Write(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Settings of evilution-go for this module. A flag of the command wins over the\n" +
		"# same key here; evilution-go env shows what is in force and where it comes from.\n" +
		"# Take the # away in front of what you need.\n")
	each(func(field reflect.StructField, _ int) {
		fmt.Fprintf(&b, "\n# %s.\n#%s: %s\n", sentence(field), field.Tag.Get("yaml"), field.Tag.Get("example"))
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// sentence is what a setting means, beginning with a capital letter.
func sentence(field reflect.StructField) string {
	text := field.Tag.Get("jsonschema")
	return strings.ToUpper(text[:1]) + text[1:]
}

// Create writes that file into the module in dir, where there is none yet.
func Create(dir string) (path string, err error) {
	path = filepath.Join(dir, Name)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", fmt.Errorf("write configuration: %w", err)
	}
	return path, errors.Join(Write(file), file.Close())
}

// Schema is the JSON schema of the file, with a final newline.
func Schema() ([]byte, error) {
	schema, err := jsonschema.For[File](nil)
	if err != nil {
		return nil, fmt.Errorf("make schema: %w", err)
	}
	schema.Schema = "https://json-schema.org/draft/2020-12/schema"
	schema.Title = Name + " of evilution-go"
	for key, values := range map[string][]any{
		"profile": {"default", "strong", "all"}, "tests": {"module", "package"},
		"confirm-survivors": {"auto", "always", "never"}, "fail-on": {"new"}, "timeouts": {"detected", "undetected"},
	} {
		schema.Properties[key].Enum = values
	}
	for key, bounds := range map[string][2]float64{
		"min-score": {0, 100}, "min-covered-score": {0, 100}, "max-survivors": {0}, "max-errors": {0}, "jobs": {1}, "timeout-factor": {1}, "baseline-runs": {1},
	} {
		schema.Properties[key].Minimum = &bounds[0]
		if bounds[1] > 0 {
			schema.Properties[key].Maximum = &bounds[1]
		}
	}
	schema.Properties["sandbox"].Items.Enum = []any{"overlay", "net"}
	for _, property := range schema.Properties {
		notNull(property)
	}
	text, err := json.MarshalIndent(schema, "", "  ")
	return append(text, '\n'), err
}

// notNull takes back that a pointer may be null: a key without a value is no
// setting.
func notNull(s *jsonschema.Schema) {
	var types []string
	for _, t := range s.Types {
		if t != "null" {
			types = append(types, t)
		}
	}
	if len(types) == 1 {
		s.Type, s.Types = types[0], nil
	}
}
