// The report, put together from deltas, and the filters.
const report = { head: { statuses: [], detected: [], missed: [] }, strings: [], sets: [], files: [], mutants: [], index: new Map() };

// take adds a delta. A mutant that is known already is replaced.
function take(delta) {
  if (delta.head) report.head = delta.head;
  for (const s of delta.strings ?? []) report.strings.push(s);
  for (const set of delta.sets ?? []) report.sets.push(set.map((n) => report.strings[n]));
  for (const file of delta.files ?? []) report.files.push({ ...file, mutants: new Set() });
  for (const row of delta.mutants ?? []) {
    const m = expand(row);
    const known = report.index.get(m.id);
    if (known) Object.assign(known, blank, m);
    else {
      m.n = report.mutants.push(m) - 1;
      report.index.set(m.id, m);
      m.file.mutants.add(m);
    }
  }
}

// blank clears what a mutant had before it was settled.
const blank = { cause: "", reason: "", reach: [], ran: [], by: "", ms: 0, out: "", accepted: "" };

// expand gives the numbers of a row their meaning.
function expand(row) {
  const text = (n) => report.strings[n ?? 0];
  return {
    ...row, cause: text(row.cause), reason: text(row.reason), fn: text(row.fn), op: text(row.op), by: text(row.by),
    file: report.files[row.file], reach: report.sets[row.reach ?? 0], ran: report.sets[row.ran ?? 0], hay: "",
  };
}

// linesOf are the lines of a file, split once.
function linesOf(file) {
  file.lines ??= (file.text ?? "").split("\n");
  return file.lines;
}

// deleted are the lines that a mutant takes away.
const deleted = (m) => linesOf(m.file).slice(m.at - 1, m.at - 1 + (m.del ?? 0));

// brief is a change in one line.
function brief(m) {
  if (!m.at) return m.diff.split("\n").find((line) => /^[+-](?![+-])/.test(line)) ?? m.diff;
  const squeeze = (lines) => lines.join(" ").replace(/\s+/g, " ").trim() || "(nothing)";
  return squeeze(deleted(m)) + "  →  " + squeeze(m.add ?? []);
}

const filters = { statuses: new Set(), package: "", operator: "", query: "" };

// matches tells whether a mutant passes the filters; without is a filter to leave out.
function matches(m, without) {
  if (without !== "statuses" && filters.statuses.size && !filters.statuses.has(m.status)) return false;
  if (filters.package && m.file.package !== filters.package) return false;
  if (filters.operator && m.op !== filters.operator) return false;
  if (!filters.query) return true;
  m.hay ||= [m.id, m.file.path, m.fn, m.op, m.status, m.cause, m.reason, m.accepted, m.by, m.reach.join(" "), brief(m)].join("\n").toLowerCase();
  return filters.query.split(/\s+/).every((word) => m.hay.includes(word));
}

// visible are the mutants that pass the filters, in the report's order, kept until
// something changes.
let kept = null;
const visible = () => (kept ??= report.mutants.filter((m) => matches(m)));
const changed = () => { kept = null; };

// tally counts mutants by status.
function tally(mutants) {
  const count = Object.fromEntries(report.head.statuses.map((s) => [s, 0]));
  for (const m of mutants) count[m.status]++;
  return count;
}

// score is detected / (detected + undetected) in percent, cut to one decimal and
// never rounded up; "none" where there is nothing to divide by.
function score(count, without = []) {
  const sum = (statuses) => statuses.filter((s) => !without.includes(s)).reduce((n, s) => n + count[s], 0);
  const detected = sum(report.head.detected), all = detected + sum(report.head.missed);
  return all ? (Math.floor((detected * 1000) / all + 1e-9) / 10).toFixed(1) : "none";
}

// worst is the status of mutants that asks most for work.
const gravity = ["survived", "not_covered", "error", "flaky", "timeout", "killed"];
const worst = (mutants) => gravity.find((s) => mutants.some((m) => m.status === s)) ?? "other";
