package html_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/html"
	"github.com/evilution-go/evilution-go/internal/report/live"
)

var screenshots = flag.String("screenshots", "", "write pictures of the page to this directory")

// browser starts a headless browser and gives a tab of it.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium or Chrome in PATH: the page is not tested in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox,
		chromedp.WindowSize(1300, 900))
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// do runs actions in the tab.
func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval is the value of an expression in the page.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits for an expression to become true. It asks from outside: the page's
// own policy forbids to make functions of texts in it.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if eval[bool](t, ctx, "Boolean("+expression+")") {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("never: %s\n%s", expression, eval[string](t, ctx, "location.hash + document.body.innerText.slice(0, 3000)"))
		}
	}
}

// click clicks the only element that the selector finds.
func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

// choose takes a value of a filter, or puts it into the search.
func choose(t *testing.T, ctx context.Context, id, value string) {
	t.Helper()
	eval[any](t, ctx, fmt.Sprintf(`{const e = document.getElementById(%q); e.value = %q; e.dispatchEvent(new Event(e.matches("select") ? "change" : "input"))}`, id, value))
}

// busy is how long the thread of the tab's page has had a processor, in
// milliseconds.
func busy(t *testing.T, ctx context.Context) float64 {
	t.Helper()
	var list []*performance.Metric
	do(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		got, err := cdp.Call(ctx, tab, performance.GetMetrics, cdp.Empty{})
		list = got.Metrics
		return err
	}))
	for _, m := range list {
		if m.Name == "TaskDuration" {
			return 1000 * m.Value
		}
	}
	t.Fatal("the browser does not say how busy it was")
	return 0
}

// picture writes what the tab shows, if pictures were asked for.
func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if *screenshots == "" {
		return
	}
	for _, scheme := range []string{"light", "dark"} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		do(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
			_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, media)
			return err
		}), chromedp.Sleep(300*time.Millisecond))
		png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*screenshots, name+"-"+scheme+".png"), png, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// save writes r as a page to disk and gives its address.
func save(t *testing.T, r *report.Report, v report.View) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := html.Write(file, r, v); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return "file://" + path
}

const ready = "document.body.dataset.ready === 'true'"

func TestPageInABrowser(t *testing.T) {
	ctx := browser(t)
	r, source := shop()
	do(t, ctx, chromedp.Navigate(save(t, r, report.View{Source: source, Failures: []string{"the score is too low"}})))
	until(t, ctx, ready)
	picture(t, ctx, "overview")

	text := eval[string](t, ctx, "document.body.innerText")
	for _, want := range []string{"example.com/shop", "Gate failed: the score is too low", "cart/cart.go", "price/price.go", "its tests fail without any mutant"} {
		if !strings.Contains(text, want) {
			t.Errorf("the overview does not say %q:\n%s", want, text)
		}
	}
	if score := eval[string](t, ctx, "document.querySelector('#score b').textContent"); score != report.Percent(r.Summary.Score)+" %" {
		t.Errorf("score %s", score)
	}

	// Filters: by status, operator, package, and the search.
	do(t, ctx, click(`#statuses [data-status=survived]`))
	until(t, ctx, "document.querySelectorAll('tr.file').length === 1")
	do(t, ctx, click(`#statuses [data-status=survived]`))
	until(t, ctx, "document.querySelectorAll('tr.file').length === 2")
	do(t, ctx, click(`[data-view=mutants]`))
	choose(t, ctx, "package", "example.com/shop/price")
	until(t, ctx, "document.querySelectorAll('.row').length === 2")
	choose(t, ctx, "package", "")
	choose(t, ctx, "operator", "arithmetic")
	until(t, ctx, "document.querySelectorAll('.row').length === 1")
	choose(t, ctx, "operator", "")
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("#search"), "TestTotal never made"))
	until(t, ctx, "document.querySelectorAll('.row').length === 1 && document.querySelector('.row').dataset.id === 'survivor'")
	picture(t, ctx, "mutants")

	// A survivor with its diff, its reason and the tests that reached it.
	do(t, ctx, click(".row"))
	until(t, ctx, "document.querySelector('.card')?.dataset.id === 'survivor'")
	survivor := eval[string](t, ctx, "document.querySelector('.card').innerText")
	for _, want := range []string{"survived (not infected)", "comparison_boundary", "in Total", "never made a difference", "TestTotal", "-\t\tif n > 0 { // <b>&amp;</b> </script>", "+\t\tif n >= 0 {"} {
		if !strings.Contains(survivor, want) {
			t.Errorf("the survivor does not say %q:\n%s", want, survivor)
		}
	}
	if above := eval[string](t, ctx, "document.querySelector('.card').previousElementSibling.id"); above != "L7" {
		t.Errorf("the survivor is open below %s, want L7", above)
	}
	picture(t, ctx, "file")

	// The keyboard: all mutants again, the next one and back, help, closing.
	eval[any](t, ctx, "document.activeElement.blur()")
	choose(t, ctx, "search", "")
	until(t, ctx, "document.querySelectorAll('.pip').length === 3")
	do(t, ctx, chromedp.KeyEvent("j"))
	until(t, ctx, "document.querySelector('.card')?.dataset.id === 'killed'")
	killed := eval[string](t, ctx, "document.querySelector('.card').innerText")
	for _, want := range []string{"killed (test)", "killed by", "TestTotal", "output"} {
		if !strings.Contains(killed, want) {
			t.Errorf("the killed mutant does not say %q:\n%s", want, killed)
		}
	}
	do(t, ctx, chromedp.KeyEvent("k"))
	until(t, ctx, "document.querySelector('.card')?.dataset.id === 'survivor'")
	do(t, ctx, chromedp.KeyEvent("?"))
	until(t, ctx, "document.getElementById('help').open")
	picture(t, ctx, "help")
	eval[any](t, ctx, "document.getElementById('help').close()")
	do(t, ctx, chromedp.KeyEvent("/"))
	until(t, ctx, "document.activeElement.id === 'search'")
	do(t, ctx, chromedp.KeyEvent("\x1b"), chromedp.KeyEvent("\x1b"))
	until(t, ctx, "!document.querySelector('.card') && document.querySelector('.file-head')")
	do(t, ctx, chromedp.KeyEvent("\x1b"))
	until(t, ctx, "document.querySelectorAll('tr.file').length === 2")
	if n := eval[int](t, ctx, "performance.getEntriesByType('resource').length"); n != 0 {
		t.Errorf("the page asked for %d other resources", n)
	}
}

// TestMarkupStaysText opens a report whose every text tries to be markup.
func TestMarkupStaysText(t *testing.T) {
	ctx := browser(t)
	const evil = `</script><img src=x onerror="document.title='owned'"><!--`
	r, _ := shop()
	for _, m := range r.Mutants {
		m.Reason, m.Function, m.TestsReaching, m.Output = evil, evil, []string{evil}, []byte(evil)
	}
	r.Module, r.Notes = evil, []string{evil}
	source := func(string) ([]byte, error) { return []byte(strings.Repeat(evil+"\n", 20)), nil }
	do(t, ctx, chromedp.Navigate(save(t, r, report.View{Source: source})))
	until(t, ctx, ready)
	eval[any](t, ctx, `location.hash = "#/file/cart%2Fcart.go/survivor"`)
	until(t, ctx, "document.querySelector('.card') !== null")
	if n := eval[int](t, ctx, "document.images.length"); n != 0 {
		t.Errorf("%d images", n)
	}
	if title := eval[string](t, ctx, "document.title"); title != "mutants of "+evil {
		t.Errorf("title %q", title)
	}
}

// TestManyMutantsLoadFast bounds what must hold for the largest modules: the first
// view is there two seconds after the page was asked for. Where other processes
// have the processors, the time that the page's own thread had counts.
func TestManyMutantsLoadFast(t *testing.T) {
	ctx := browser(t)
	const n = 20_000
	r, source := large(n)
	start := time.Now()
	address := save(t, r, report.View{Source: source})
	t.Logf("written in %s", time.Since(start).Round(time.Millisecond))
	do(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
		return err
	}))
	do(t, ctx, chromedp.Navigate(address))
	until(t, ctx, ready+" && performance.getEntriesByType('navigation')[0].domComplete > 0")
	wall := eval[float64](t, ctx, "performance.getEntriesByType('navigation')[0].domComplete")
	thread := busy(t, ctx)
	t.Logf("%d mutants loaded in %.0f ms, %.0f ms of them the page's own", n, wall, thread)
	if min(wall, thread) >= 2000 {
		t.Errorf("%d mutants load in %.0f ms, want less than 2000", n, wall)
	}
	eval[any](t, ctx, `location.hash = "#/mutants"`)
	until(t, ctx, "document.querySelectorAll('.row').length > 5")
	if rows := eval[int](t, ctx, "document.querySelectorAll('.row').length"); rows > 100 {
		t.Errorf("%d rows exist at once", rows)
	}
	eval[any](t, ctx, `window.scrollTo(0, document.body.scrollHeight)`)
	until(t, ctx, `[...document.querySelectorAll('.row')].at(-1)?.getAttribute('aria-posinset') === "20000"`)
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("#search"), "m19999"))
	until(t, ctx, "document.querySelectorAll('.row').length === 1")
}

func TestLivePage(t *testing.T) {
	ctx := browser(t)
	r, source := shop()
	server, err := live.Start("127.0.0.1:0", source)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	do(t, ctx, chromedp.Navigate(server.URL()))
	until(t, ctx, ready)
	for _, m := range r.Mutants {
		found := report.Mutant{Mutant: m.Mutant}
		found.Status, found.Reason = "", ""
		server.Mutant(found)
	}
	server.Progress(live.Step{Stage: "mutants", Done: 0, Total: 5})
	until(t, ctx, "document.querySelector('#statuses [data-status=pending] b')?.textContent === '5'")
	until(t, ctx, "document.getElementById('live').innerText.includes('mutants: 0 of 5')")
	server.Mutant(*r.Mutants[0])
	until(t, ctx, "document.querySelector('#statuses [data-status=survived] b')?.textContent === '1'")
	picture(t, ctx, "live")
	server.Finish(r, report.View{})
	until(t, ctx, "document.getElementById('live').hidden && document.getElementById('module').textContent === 'example.com/shop'")
	if text := eval[string](t, ctx, "document.getElementById('statuses').innerText"); strings.Contains(text, "pending") {
		t.Errorf("after the end: %s", text)
	}
}
