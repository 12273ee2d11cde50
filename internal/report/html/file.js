// A source file: its lines, its mutants beside them, and the one that is open.
const blockLines = 100, pipsShown = 5;

function fileView(file) {
  const mutants = [...file.mutants].filter((m) => matches(m) || m.id === place.mutant);
  const byLine = new Map();
  for (const m of mutants) {
    if (!byLine.has(m.line)) byLine.set(m.line, []);
    byLine.get(m.line).push(m);
  }
  const tallied = tally(file.mutants), percent = score(tallied);
  const head = el("div", { class: "file-head" }, el("h2", {}, file.path), bar(tallied),
    el("p", {}, `${file.package}, ${count(file.mutants.size, "mutant")}` + (mutants.length < file.mutants.size ? `, ${mutants.length} shown` : "") + (percent === "none" ? "" : `, score ${percent} %`)));
  afterShow = () => openCard(report.index.get(place.mutant));
  if (!file.text) return el("div", {}, head, withoutSource(mutants));
  return el("div", {}, head, sourceOf(file, byLine));
}

function sourceOf(file, byLine) {
  const lines = linesOf(file), paint = painter(), box = el("div", { class: "source" });
  const last = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  for (let from = 0; from < last; from += blockLines) {
    const block = el("div", { class: "block" });
    const to = Math.min(from + blockLines, last);
    block.style.containIntrinsicSize = `auto ${(to - from) * 21}px`;
    for (let i = from; i < to; i++) block.append(sourceLine(i + 1, paint(lines[i]), byLine.get(i + 1) ?? []));
    box.append(block);
  }
  return box;
}

function sourceLine(n, painted, mutants) {
  const pips = mutants.slice(0, pipsShown).map(pip);
  if (mutants.length > pipsShown) pips.push(el("button", { class: "pip more", "aria-label": `${mutants.length} mutants on line ${n}`, onclick: () => go(mutants[pipsShown]) }, `+${mutants.length - pipsShown}`));
  return el("div", { class: "ln" + (mutants.length ? " " + worst(mutants) : ""), id: "L" + n },
    el("span", { class: "n" }, String(n)), el("span", { class: "pips" }, pips), el("pre", {}, painted.length ? painted : " "));
}

function pip(m) {
  return el("button", { class: "pip " + m.status, "data-id": m.id, "aria-expanded": "false", "aria-label": `${words(m.status)}: ${m.op}, line ${m.line}`, title: `${words(m.status)}: ${brief(m)}`, onclick: () => go(m.id === place.mutant ? null : m) },
    el("span", { class: "dot" }));
}

function withoutSource(mutants) {
  return el("div", {}, el("p", { class: "alert note" }, "The source of this file could not be read when the report was written."),
    mutants.map((m) => el("div", { id: "L" + m.line, "data-bare": m.id }, pip(m), ` line ${m.line}: `, el("code", {}, brief(m)))));
}

// openCard shows m below its line.
function openCard(m) {
  $(".card")?.remove();
  for (const p of document.querySelectorAll(".pip")) p.setAttribute("aria-expanded", String(p.dataset.id === m?.id));
  if (!m) return;
  const line = $(`[data-bare="${CSS.escape(m.id)}"]`) ?? document.getElementById("L" + m.line);
  if (!line) return;
  const opened = card(m);
  line.after(opened);
  if (!inView(line) || !inView(opened)) line.scrollIntoView({ block: "center" });
}

function inView(node) {
  const box = node.getBoundingClientRect();
  return box.top > 110 && box.bottom < window.innerHeight;
}

function card(m) {
  const status = el("span", { class: `badge ${m.status}` }, el("span", { class: "dot" }), words(m.status) + (m.cause ? ` (${m.cause})` : ""));
  const copy = el("button", { class: "quiet", onclick: () => navigator.clipboard?.writeText(`evilution-go show ${m.id}`).then(() => { copy.textContent = "copied"; }), title: `Copy: evilution-go show ${m.id}` }, "copy");
  const facts = [["accepted", m.accepted], ["killed by", m.by && el("code", {}, m.by)], ["tests that ran", tests(m.ran)], ["reached by", tests(m.reach)],
    ["imports", (m.imports ?? []).join(", ")], ["took", m.ms ? `${m.ms} ms` : ""]].filter(([, value]) => value);
  return el("section", { class: "card", tabindex: "-1", "aria-label": `Mutant ${m.id}`, "data-id": m.id },
    el("header", {}, status, el("span", { class: "op" }, m.op), el("span", { class: "fn" }, m.fn ? `in ${m.fn}` : ""), el("span", { class: "id" }, el("code", {}, m.id), copy)),
    siblings(m), m.reason ? el("p", { class: "reason" }, m.reason) : null, diff(m), facts.length ? el("dl", {}, facts.flatMap(([title, value]) => [el("dt", {}, title), el("dd", {}, value)])) : null,
    m.out ? el("details", { open: m.status !== "killed" }, el("summary", {}, "output"), el("pre", {}, m.out)) : null);
}

// siblings leads to the other mutants of the line.
function siblings(m) {
  const all = [...m.file.mutants].filter((other) => other.line === m.line && (matches(other) || other === m));
  if (all.length < 2) return null;
  return el("div", { class: "siblings" }, "on this line:", all.map((other) => el("button", { "aria-pressed": String(other === m), onclick: () => go(other), title: brief(other) },
    el("span", { class: "dot " + other.status }), other.op)));
}

function tests(names) {
  if (!names.length) return null;
  return el("ul", { class: "tests" }, names.map((name) => el("li", {}, el("code", {}, name))));
}
