// Package strictyaml reads the YAML files that users write: a key that is not
// known, a value of the wrong type and a second value for a key are errors of one
// line with the place, and with the nearest known name. It starts no goroutine and
// keeps no state.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml"
)

// Decode reads text, which is that of the file name, into what the pointer into
// points to. Empty text changes nothing.
func Decode(name string, text []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	err := decoder.Decode(into)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return explain(name, err, into)
	}
	if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: more than one document", name)
	}
	return nil
}

// explain makes one line of the library's error.
func explain(name string, err error, into any) error {
	var placed yaml.Error
	if !errors.As(err, &placed) || placed.GetToken() == nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return fmt.Errorf("%s: %s", name, first)
	}
	token := placed.GetToken()
	at := fmt.Sprintf("%s:%d", name, token.Position.Line)
	if errors.As(err, new(*yaml.UnknownFieldError)) {
		key := token.Value
		return fmt.Errorf("%s: unknown key %q%s", at, key, nearest(key, Keys(reflect.TypeOf(into))))
	}
	first, _, _ := strings.Cut(placed.GetMessage(), "\n")
	return fmt.Errorf("%s: %s", at, first)
}

// Keys are the names of all keys of a type and of the structs in it.
func Keys(t reflect.Type) []string {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return Keys(t.Elem())
	case reflect.Struct:
	default:
		return nil
	}
	var keys []string
	for i := range t.NumField() {
		field := t.Field(i)
		key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		keys = append(keys, key)
		keys = append(keys, Keys(field.Type)...)
	}
	return slices.DeleteFunc(keys, func(key string) bool { return key == "" })
}

// nearest is the end of an error that names the key which was probably meant.
func nearest(key string, keys []string) string {
	best, edits := "", max(3, len(key)/3+1)
	for _, k := range keys {
		if d := levenshtein.ComputeDistance(key, k); d < edits {
			best, edits = k, d
		}
	}
	if best == "" {
		return fmt.Sprintf(": the keys are %s", strings.Join(keys, ", "))
	}
	return fmt.Sprintf(", did you mean %q?", best)
}
