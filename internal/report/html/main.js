// Where the page stands, the filters, the keyboard, and the live connection.
let place = { view: "overview", file: null, mutant: "" };
let afterShow = null, onScroll = null;

function address(file, m) {
  return `#/file/${encodeURIComponent(file.path)}` + (m ? `/${encodeURIComponent(m.id)}` : "");
}

// parse reads the URL's hash.
function parse() {
  const [, view, path, id] = location.hash.split("/");
  const file = view === "file" ? report.files.find((f) => f.path === decodeURIComponent(path ?? "")) : null;
  if (file) return { view: "file", file, mutant: decodeURIComponent(id ?? "") };
  return { view: view === "mutants" ? "mutants" : "overview", file: null, mutant: place.mutant };
}

// go opens a mutant, or closes the one that is open.
function go(m) {
  if (m) location.hash = address(m.file, m);
  else if (place.file) location.hash = address(place.file);
}

// show draws the view again.
function show() {
  changed();
  afterShow = onScroll = null;
  const views = { overview, mutants: list, file: () => fileView(place.file) };
  $("#main").replaceChildren(views[place.view]());
  for (const a of document.querySelectorAll(".views a")) {
    if (a.dataset.view === place.view) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
  }
  drawHead();
  drawFilters();
  afterShow?.();
}

function navigate() {
  const before = place;
  place = parse();
  if (before.view === "file" && place.file === before.file) {
    openCard(report.index.get(place.mutant));
    return;
  }
  window.scrollTo(0, 0);
  show();
}

function drawHead() {
  const h = report.head, tallied = tally(report.mutants);
  $("#module").textContent = h.module || "Mutation report";
  $("#meta").textContent = [count(report.mutants.length, "mutant"), h.scope, h.tool, h.go, h.time].filter(Boolean).join("  ·  ");
  const part = (value, title) => el("div", {}, el("b", {}, value === "none" ? "none" : value + " %"), el("span", {}, title));
  const full = h.live ? score(tallied) : h.score ?? score(tallied);
  const covered = h.live ? score(tallied, ["not_covered"]) : h.covered ?? score(tallied, ["not_covered"]);
  $("#score").replaceChildren(part(full, "score"), ...(tallied.not_covered ? [part(covered, "where a test executes the code")] : []));
  const alert = (text, more, kind = "") => el("div", { class: "alert " + kind }, text, more ? el("pre", {}, more) : null);
  $("#alerts").replaceChildren(
    ...(h.failures ?? []).map((f) => alert("Gate failed: " + f)),
    ...(!h.complete && !h.live && !h.stopped ? [alert("Incomplete: " + count(tallied.pending ?? 0, "mutant") + " without a verdict")] : []),
    ...(h.stopped && !(h.failures ?? []).includes(h.stopped) ? [alert(h.stopped)] : []),
    ...(h.packages ?? []).map((p) => alert(`${p.path}: ${p.status === "tests_fail" ? "its tests fail without any mutant" : "does not compile"}`, p.message)),
    ...(h.set_aside ?? []).map((t) => alert(`Set aside: ${t.test} in ${t.package}: ${t.reason}`, "", "note")),
    ...(h.notes ?? []).map((n) => alert(n, "", "note")));
}

function drawFilters() {
  const tallied = tally(report.mutants.filter((m) => matches(m, "statuses")));
  const present = report.head.statuses.filter((s) => tallied[s] || filters.statuses.has(s));
  const focused = document.activeElement?.dataset?.status;
  $("#statuses").replaceChildren(...present.map((s) => el("button", { class: s, "data-status": s, "aria-pressed": String(filters.statuses.has(s)), onclick: () => toggle(s) },
    el("span", { class: "dot" }), words(s), el("b", {}, tallied[s].toLocaleString("en")))));
  if (focused) $(`[data-status="${focused}"]`)?.focus();
  options($("#package"), "All packages", [...new Set(report.files.map((f) => f.package))], filters.package);
  options($("#operator"), "All operators", [...new Set(report.mutants.map((m) => m.op))].sort(), filters.operator);
}

function options(select, all, values, current) {
  const key = values.join("\n");
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(el("option", { value: "" }, all), ...values.map((v) => el("option", { value: v }, v)));
  }
  select.value = current;
}

function toggle(status) {
  if (!filters.statuses.delete(status)) filters.statuses.add(status);
  show();
}

function clearFilters() {
  Object.assign(filters, { statuses: new Set(), package: "", operator: "", query: "" });
  $("#search").value = "";
  show();
}

// step opens the next or the previous mutant that matches.
function step(by) {
  const mutants = visible(), open = report.index.get(place.mutant);
  let at = open ? mutants.indexOf(open) : -1;
  if (open && at < 0) at = mutants.findIndex((m) => m.n > open.n) - (by > 0 ? 1 : 0);
  else if (!open && place.file) at = mutants.findIndex((m) => m.file === place.file) - (by > 0 ? 1 : 0);
  const next = mutants[Math.max(0, Math.min(mutants.length - 1, at + by))];
  if (next) go(next);
}

const keys = {
  j: () => step(1), k: () => step(-1),
  "/": () => { $("#search").focus(); $("#search").select(); },
  "?": () => $("#help").showModal(),
  o: () => { location.hash = "#/"; }, m: () => { location.hash = "#/mutants"; },
  s: () => { filters.statuses = filters.statuses.size === 1 && filters.statuses.has("survived") ? new Set() : new Set(["survived"]); show(); },
  Escape: () => { if (place.view === "file" && place.mutant) go(null); else location.hash = "#/"; },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("#help").open) return;
  if (event.target.matches("input, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

let typing = 0;
$("#search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => { filters.query = $("#search").value.trim().toLowerCase(); show(); }, 120);
});
$("#package").addEventListener("change", (e) => { filters.package = e.target.value; show(); });
$("#operator").addEventListener("change", (e) => { filters.operator = e.target.value; show(); });
$("#help-open").addEventListener("click", () => $("#help").showModal());
$(".skip").addEventListener("click", (e) => { e.preventDefault(); $("#main").focus(); });
window.addEventListener("hashchange", navigate);
window.addEventListener("scroll", () => onScroll?.(), { passive: true });
window.addEventListener("resize", () => onScroll?.());

take(JSON.parse($("#data").textContent));
place = parse();
show();
document.body.dataset.ready = "true";
if (report.head.live) follow();

// follow takes what a run says while it goes on, and draws at most once a second.
function follow() {
  const events = new EventSource("events");
  let waiting = 0, progress = null;
  const broken = () => {
    report.head.live = false;
    progress = { text: "The run has ended without a report." };
  };
  const draw = () => {
    clearTimeout(waiting);
    waiting = 0;
    const at = window.scrollY;
    place = parse();
    show();
    if (place.view !== "mutants") window.scrollTo(0, at);
    drawProgress(progress);
  };
  events.onmessage = (event) => {
    const message = JSON.parse(event.data);
    for (const delta of message.deltas ?? []) take(delta);
    progress = message.progress ?? progress;
    waiting ||= setTimeout(draw, document.body.dataset.live ? 1000 : 0);
    document.body.dataset.live = "true";
    if (!message.done) return;
    events.close();
    if (report.head.live) broken();
  };
  events.onerror = () => {
    if (!report.head.live) return;
    events.close();
    broken();
    draw();
  };
}

function drawProgress(p) {
  const box = $("#live");
  box.hidden = !p || (!report.head.live && !p.text);
  if (box.hidden) return;
  if (p.text) { box.replaceChildren(p.text); return; }
  const label = `${p.stage}` + (p.total ? `: ${p.done.toLocaleString("en")} of ${p.total.toLocaleString("en")}` : "");
  box.replaceChildren(el("span", {}, label), el("progress", { max: p.total || null, value: p.total ? p.done : null, "aria-label": label }));
}
