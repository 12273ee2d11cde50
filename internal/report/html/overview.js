// Packages and files that have a mutant that matches, with their bars.
let order = "source";

function overview() {
  const shown = new Map();
  for (const m of visible()) {
    if (!shown.has(m.file)) shown.set(m.file, []);
    shown.get(m.file).push(m);
  }
  if (!shown.size) return nothing();
  const files = [...shown].map(([file, mutants]) => ({ file, mutants, tallied: tally(mutants) }));
  const columns = [["source", "File", ""], ["track", "", "track"], ["score", "Score", "number"], ["survived", "Survived", "number"], ["not_covered", "Not covered", "number wide"], ["all", "Mutants", "number wide"]];
  const head = columns.map(([key, title, kind]) => el("th", { class: kind, scope: "col", "aria-sort": order === key && key !== "source" ? "descending" : null },
    title ? el("button", { onclick: () => { order = key; show(); }, title: key === "source" ? "In source order, by package" : `The most first` }, title) : ""));
  return el("table", { class: "files" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, order === "source" ? byPackage(files) : sorted(files)));
}

function byPackage(files) {
  const packages = new Map();
  for (const f of files) {
    if (!packages.has(f.file.package)) packages.set(f.file.package, []);
    packages.get(f.file.package).push(f);
  }
  return [...packages].flatMap(([name, members]) => [
    overviewRow("package", el("span", {}, name), tally(members.flatMap((f) => f.mutants))),
    ...members.map(fileRow),
  ]);
}

function sorted(files) {
  const weight = { score: (f) => -parseFloat(score(f.tallied)) || 0, all: (f) => f.mutants.length }[order] ?? ((f) => f.tallied[order]);
  return files.sort((a, b) => weight(b) - weight(a)).map(fileRow);
}

const fileRow = (f) => overviewRow("file", el("a", { href: address(f.file) }, f.file.path), f.tallied);

function overviewRow(kind, name, tallied) {
  const all = Object.values(tallied).reduce((a, b) => a + b, 0), percent = score(tallied);
  const number = (n, extra = "") => el("td", { class: `number ${extra} ${n ? "" : "zero"}` }, n.toLocaleString("en"));
  return el("tr", { class: kind }, el("td", {}, name), el("td", { class: "track" }, bar(tallied)),
    el("td", { class: "number" + (percent === "none" ? " zero" : "") }, percent === "none" ? "none" : percent + " %"),
    number(tallied.survived), number(tallied.not_covered, "wide"), number(all, "wide"));
}

function nothing() {
  if (report.mutants.length) return el("p", { class: "empty" }, "No mutant matches the filters. ", el("button", { class: "quiet", onclick: clearFilters }, "Clear them"));
  return el("p", { class: "empty" }, report.head.live ? "No mutants yet." : "There was nothing to mutate.");
}
