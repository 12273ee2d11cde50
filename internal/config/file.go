package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"

	"github.com/evilution-go/evilution-go/internal/strictyaml"
)

// Name is what the file is called, in the module's root.
const Name = ".evilution.yml"

// File are the settings of a module. What is nil is not set.
type File struct {
	Profile       *string   `yaml:"profile" json:"profile,omitempty" jsonschema:"which profile of operators is used: default, strong or all" example:"strong"`
	Operators     *[]string `yaml:"operators" json:"operators,omitempty" jsonschema:"only these operators; evilution-go operators lists them" example:"[arithmetic, comparison_boundary]"`
	Exclude       *[]string `yaml:"exclude" json:"exclude,omitempty" jsonschema:"patterns of files, from the module's root, whose mutants are ignored" example:"['internal/gen/**', '*_mock.go']"`
	Tags          *string   `yaml:"tags" json:"tags,omitempty" jsonschema:"build tags with commas, as for the go command" example:"integration"`
	Tests         *string   `yaml:"tests" json:"tests,omitempty" jsonschema:"whose tests judge: those of the whole module or of the mutant's own package" example:"module"`
	Skip          *string   `yaml:"skip" json:"skip,omitempty" jsonschema:"a regular expression of the names of tests that take no part" example:"'^TestSlow'"`
	Jobs          *int      `yaml:"jobs" json:"jobs,omitempty" jsonschema:"how many mutants are judged at the same time (otherwise: the number of CPUs)" example:"4"`
	TimeoutFactor *float64  `yaml:"timeout-factor" json:"timeout-factor,omitempty" jsonschema:"wall clock of a mutant as a multiple of what its tests took" example:"10"`
	BaselineRuns  *int      `yaml:"baseline-runs" json:"baseline-runs,omitempty" jsonschema:"how often the tests must pass in their order without any mutant before they judge" example:"2"`
	Confirm       *string   `yaml:"confirm-survivors" json:"confirm-survivors,omitempty" jsonschema:"when survivors must pass the whole test binary of their package too: auto, always or never" example:"auto"`
	Sandbox       *[]string `yaml:"sandbox" json:"sandbox,omitempty" jsonschema:"more walls around the tests of each worker, where the machine allows them: overlay, net" example:"[overlay, net]"`
	NoInfection   *bool     `yaml:"no-infection" json:"no-infection,omitempty" jsonschema:"run tests that execute a mutant without any difference too" example:"false"`

	MinScore        *float64 `yaml:"min-score" json:"min-score,omitempty" jsonschema:"the gate fails if the score is below this percentage" example:"80"`
	MinCoveredScore *float64 `yaml:"min-covered-score" json:"min-covered-score,omitempty" jsonschema:"the gate fails if the score of the code that tests execute is below this percentage" example:"90"`
	MaxSurvivors    *int     `yaml:"max-survivors" json:"max-survivors,omitempty" jsonschema:"the gate fails if more mutants survive without being accepted" example:"0"`
	MaxErrors       *int     `yaml:"max-errors" json:"max-errors,omitempty" jsonschema:"the gate fails if more mutants could not be judged" example:"0"`
	FailOn          *string  `yaml:"fail-on" json:"fail-on,omitempty" jsonschema:"new: the gate fails if a mutant is undetected and not accepted in the baseline" example:"new"`
	Timeouts        *string  `yaml:"timeouts" json:"timeouts,omitempty" jsonschema:"whether mutants that ran into a limit of time count as detected or undetected" example:"detected"`

	Report *[]string `yaml:"report" json:"report,omitempty" jsonschema:"reports that every run writes, each as FORMAT=FILE" example:"['html=mutants.html']"`
}

// Read reads the file of the module in dir; one that does not exist sets nothing.
func Read(dir string) (*File, error) {
	f := new(File)
	text, err := os.ReadFile(filepath.Join(dir, Name))
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return f, strictyaml.Decode(Name, text, f)
}

// Setting is one key that a file sets.
type Setting struct {
	Key    string
	Values []string // one, but for lists
}

// Settings lists what f sets, in the order of the struct.
func (f *File) Settings() []Setting {
	var list []Setting
	each(func(field reflect.StructField, index int) {
		value := reflect.ValueOf(f).Elem().Field(index)
		if value.IsNil() {
			return
		}
		s := Setting{Key: field.Tag.Get("yaml")}
		if value = value.Elem(); value.Kind() == reflect.Slice {
			for i := range value.Len() {
				s.Values = append(s.Values, fmt.Sprint(value.Index(i)))
			}
		} else {
			s.Values = []string{fmt.Sprint(value)}
		}
		list = append(list, s)
	})
	return list
}

// Keys are the names of all settings.
func Keys() []string { return strictyaml.Keys(reflect.TypeFor[File]()) }

// each calls do for every setting.
func each(do func(field reflect.StructField, index int)) {
	t := reflect.TypeFor[File]()
	for i := range t.NumField() {
		do(t.Field(i), i)
	}
}
