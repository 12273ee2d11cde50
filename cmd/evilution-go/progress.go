package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/evilution-go/evilution-go/runner"
)

// display shows how a session goes on. The runner calls update from one
// goroutine, often; close is called after the last update.
type display interface {
	update(runner.Progress)
	close()
}

// display chooses how progress is shown on standard error.
func (a *app) display(quiet bool) display {
	switch {
	case quiet:
		return noDisplay{}
	case isTerminal(a.stderr):
		return &barDisplay{w: a.stderr}
	}
	return &lineDisplay{w: a.stderr, every: 10 * time.Second}
}

type noDisplay struct{}

func (noDisplay) update(runner.Progress) {}
func (noDisplay) close()                 {}

// lineDisplay writes a line now and then, for logs. It goes by the session's
// clock.
type lineDisplay struct {
	w     io.Writer
	every time.Duration
	next  time.Duration // of Elapsed; 0: not begun
	stage string
	began time.Duration // Elapsed when the stage began
}

func (d *lineDisplay) update(p runner.Progress) {
	if p.Stage != d.stage {
		d.stage, d.began = p.Stage, p.Elapsed
	}
	if d.next == 0 {
		d.next = d.every
	}
	if p.Elapsed < d.next {
		return
	}
	d.next = p.Elapsed - p.Elapsed%d.every + d.every
	fmt.Fprintf(d.w, "evilution-go: %s%s, %s\n", describe(p), pace(p, p.Elapsed-d.began), p.Elapsed.Round(time.Second))
}

func (*lineDisplay) close() {}

// describe is the stage with its counts.
func describe(p runner.Progress) string {
	text := p.Stage
	if p.Total > 0 {
		text += fmt.Sprintf(" %d/%d", p.Done, p.Total)
	}
	return text + fates(p)
}

// fates says how many mutants were killed and survived, once some were.
func fates(p runner.Progress) string {
	if p.Killed+p.Survived == 0 {
		return ""
	}
	return fmt.Sprintf(", killed %d, survived %d", p.Killed, p.Survived)
}

// pace is the rate of a stage that has gone on for a while, and the time left.
func pace(p runner.Progress, since time.Duration) string {
	if p.Done == 0 || p.Total == 0 || since < time.Second {
		return ""
	}
	rate := float64(p.Done) / since.Seconds()
	left := time.Duration(float64(p.Total-p.Done) / rate * float64(time.Second))
	return fmt.Sprintf(", %.1f/s, %s left", rate, left.Round(time.Second))
}

// barDisplay draws a bar for each stage, and takes it away at the end.
type barDisplay struct {
	w     io.Writer
	bar   *progressbar.ProgressBar
	stage string
	total int
}

func (d *barDisplay) update(p runner.Progress) {
	if d.bar == nil || p.Stage != d.stage {
		d.close()
		d.stage, d.total = p.Stage, p.Total
		d.bar = newBar(d.w, p)
	}
	if p.Total != d.total && p.Total > 0 {
		d.total = p.Total
		d.bar.ChangeMax(p.Total)
	}
	d.bar.Describe(p.Stage + fates(p))
	_ = d.bar.Set(p.Done) // past the total: the next update mends it
}

// newBar is a bar for a stage, or a spinner where nobody knows how much there is
// to do. It redraws when it is told something new, never by itself.
func newBar(w io.Writer, p runner.Progress) *progressbar.ProgressBar {
	total := p.Total
	if total <= 0 {
		total = -1
	}
	options := []progressbar.Option{
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(p.Stage),
		progressbar.OptionSetWidth(24),
		progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionSetSpinnerChangeInterval(0),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionUseANSICodes(true),
	}
	if p.Total > 0 {
		options = append(options, progressbar.OptionShowIts(), progressbar.OptionSetItsString("done"))
	}
	return progressbar.NewOptions(total, options...)
}

func (d *barDisplay) close() {
	if d.bar != nil {
		_ = d.bar.Clear()
		d.bar = nil
	}
}
