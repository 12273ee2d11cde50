// Package runner stands in for the real one until that lands.
package runner

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
)

type Options struct {
	Dir              string
	Patterns         []string
	Jobs             int
	Operators        []string
	Tags             string
	Skip             string
	TimeoutFactor    float64
	Only             string
	ConfirmSurvivors string
	Version          string
	Progress         func(Progress)
	Stderr           io.Writer
	Store            string
}

type Progress struct {
	Stage                         string
	Done, Total, Killed, Survived int
	Elapsed                       time.Duration
}

type VerifyOptions struct {
	Options
	Sample int
	Seed   uint64
}

type UsageError struct{ Text string }

func (e *UsageError) Error() string { return e.Text }

var errAbsent = errors.New("the runner is not there yet")

func Run(context.Context, Options) (*report.Report, error)                { return nil, errAbsent }
func List(context.Context, Options) (*report.Report, error)               { return nil, errAbsent }
func Verify(context.Context, VerifyOptions) (*report.Verification, error) { return nil, errAbsent }
func Worker(dir string) int                                               { return 4 }
