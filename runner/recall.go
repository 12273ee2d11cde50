package runner

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/internal/history"
)

// recall sets aside the tests of the binary that an earlier session has seen to be
// flaky, as long as the package's files are as they were.
func (d *dryRun) recall(ctx context.Context) error {
	if d.o.History == "" {
		return nil
	}
	source, err := sourceOf(filepath.Join(d.place.Pristine, d.binary.Rel))
	if err != nil {
		return fmt.Errorf("read package: %w", err)
	}
	d.source = source
	known := d.history.Flaky(d.pkg, source, time.Now())
	d.mu.Lock()
	d.flaky[d.pkg] = make(map[string]history.Flaky)
	d.mu.Unlock()
	if len(known) == 0 {
		return nil
	}
	out, err := d.record(ctx, nil) // it lists the tests, however it ends
	if err != nil {
		return err
	}
	d.tests = d.allowed(out.Hello.Tests)
	for _, name := range slices.Clone(d.tests) {
		if f, ok := known[name]; ok {
			d.setAside(name, fmt.Sprintf("passed and failed on the same code on %s: it is flaky and never judges (--no-history tries it again)", f.Seen.Format(time.DateOnly)))
			d.rememberFlaky(name, f)
		}
	}
	return nil
}

// rememberFlaky keeps a flaky test for the next sessions.
func (d *dryRun) rememberFlaky(test string, f history.Flaky) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if tests := d.flaky[d.pkg]; tests != nil { // there is a history
		tests[test] = f
	}
}

// foundFlaky sets aside a test that has passed and failed in this session.
func (d *dryRun) foundFlaky(test, reason string) {
	d.setAside(test, reason)
	d.rememberFlaky(test, history.Flaky{Seen: time.Now().UTC(), Source: d.source})
}

// sourceOf names the contents of the Go files in a folder.
func sourceOf(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || !e.Type().IsRegular() {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d\n%s", e.Name(), len(text), text)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:16]), nil
}
