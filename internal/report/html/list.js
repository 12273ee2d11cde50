// All mutants that match. Only the rows in view exist.
const rowHeight = 54;

function list() {
  const mutants = visible();
  if (!mutants.length) return nothing();
  const box = el("div", { class: "list", role: "list", "aria-label": count(mutants.length, "mutant") });
  box.style.height = mutants.length * rowHeight + "px";
  let from = -1, to = -1;
  const fill = () => {
    const top = -box.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / rowHeight) - 10);
    const last = Math.min(mutants.length, Math.ceil((top + window.innerHeight) / rowHeight) + 10);
    if (first === from && last === to) return;
    [from, to] = [first, last];
    box.replaceChildren(...mutants.slice(first, last).map((m, i) => listRow(m, first + i, mutants.length)));
  };
  afterShow = () => {
    const at = mutants.indexOf(report.index.get(place.mutant));
    if (at >= 0) window.scrollTo(0, box.offsetTop + at * rowHeight - window.innerHeight / 2);
    fill();
  };
  onScroll = fill;
  return box;
}

function listRow(m, n, all) {
  const row = el("a", { class: "row" + (m.id === place.mutant ? " current" : ""), href: address(m.file, m), role: "listitem", "aria-posinset": n + 1, "aria-setsize": all, "data-id": m.id },
    badge(m), el("span", { class: "what" }, el("code", {}, brief(m)), el("span", { class: "where" }, [`${m.file.path}:${m.line}`, m.fn, m.op, m.cause].filter(Boolean).join(" · "))));
  row.style.top = n * rowHeight + "px";
  return row;
}
