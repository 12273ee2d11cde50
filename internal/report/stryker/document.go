package stryker

import "github.com/evilution-go/evilution-go/internal/report"

// document is the schema's MutationTestResult, as far as we fill it.
type document struct {
	SchemaVersion string               `json:"schemaVersion"`
	Thresholds    thresholds           `json:"thresholds"`
	ProjectRoot   string               `json:"projectRoot,omitempty"`
	Files         map[string]*file     `json:"files"`
	TestFiles     map[string]*testFile `json:"testFiles"`
	Performance   performance          `json:"performance"`
	Framework     framework            `json:"framework"`
	System        system               `json:"system"`

	defined map[string]bool // ids of TestFiles
}

type thresholds struct {
	High int `json:"high"`
	Low  int `json:"low"`
}

type file struct {
	Language string   `json:"language"`
	Source   string   `json:"source"`
	Mutants  []result `json:"mutants"`
}

type result struct {
	ID             string   `json:"id"`
	MutatorName    string   `json:"mutatorName"`
	Description    string   `json:"description,omitempty"`
	Replacement    string   `json:"replacement"`
	Location       location `json:"location"`
	Status         string   `json:"status"`
	StatusReason   string   `json:"statusReason,omitempty"`
	Duration       float64  `json:"duration"`
	TestsCompleted int      `json:"testsCompleted"`
	CoveredBy      []string `json:"coveredBy"`
	KilledBy       []string `json:"killedBy"`
	Static         bool     `json:"static,omitempty"`
}

type location struct {
	Start report.Position `json:"start"`
	End   report.Position `json:"end"`
}

type testFile struct {
	Tests []test `json:"tests"`
}

type test struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// performance is in milliseconds.
type performance struct {
	Setup      float64 `json:"setup"`
	InitialRun float64 `json:"initialRun"`
	Mutation   float64 `json:"mutation"`
}

type framework struct {
	Name     string   `json:"name"`
	Version  string   `json:"version,omitempty"`
	Branding branding `json:"branding"`
}

type branding struct {
	HomepageURL string `json:"homepageUrl"`
}

type system struct {
	CI bool     `json:"ci"`
	OS platform `json:"os"`
}

type platform struct {
	Platform string `json:"platform"`
}
