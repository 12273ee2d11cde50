// Elements. Texts always become text nodes.
const $ = (selector, root = document) => root.querySelector(selector);

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined));
  return node;
}

const words = (status) => status.replaceAll("_", " ");
const count = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

function badge(m) {
  return el("span", { class: `badge ${m.status}` }, el("span", { class: "dot" }), words(m.status));
}

// bar shows how many mutants have which status, as widths and in words.
function bar(tallied) {
  const parts = report.head.statuses.filter((s) => tallied[s]);
  const label = parts.map((s) => `${tallied[s]} ${words(s)}`).join(", ") || "no mutants";
  const segments = parts.map((s) => { const i = el("i", { class: s }); i.style.flexGrow = tallied[s]; return i; });
  return el("div", { class: "bar", role: "img", "aria-label": label, title: label }, segments);
}

// diffLines gives [class, text] for every line of a mutant's diff.
function diffLines(m) {
  if (!m.at) return m.diff.split("\n").map((line) => [{ "+": "add", "-": "del", "@": "hunk" }[line[0]] ?? "", line]);
  const lines = linesOf(m.file), before = m.at - 1, after = before + (m.del ?? 0), around = 3;
  const plain = (from, to) => lines.slice(Math.max(from, 0), to).map((line) => ["", " " + line]);
  return [
    ...plain(before - around, before), ...lines.slice(before, after).map((line) => ["del", "-" + line]),
    ...(m.add ?? []).map((line) => ["add", "+" + line]), ...plain(after, after + around),
  ];
}

const diff = (m) => el("div", { class: "diff" }, diffLines(m).map(([kind, text]) => el("div", { class: kind }, text || " ")));

const keywords = new Set("break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var nil true false iota".split(" "));
const token = /\/\/.*|\/\*|`|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\b\d[\w.]*|[\p{L}_][\p{L}\p{N}_]*/gu;

// painter colours the lines of a Go file one after the other; comments and raw
// strings go on from line to line.
function painter() {
  let open = "";
  return (line) => {
    const out = [];
    let at = 0;
    const put = (to, kind) => {
      if (to > at) out.push(kind ? el("span", { class: kind }, line.slice(at, to)) : line.slice(at, to));
      at = to;
    };
    const kind = () => (open === "`" ? "s" : "c");
    // rest goes to the end of what is open, or of the line.
    const rest = (from) => {
      const end = line.indexOf(open, from);
      put(end < 0 ? line.length : end + open.length, kind());
      if (end >= 0) open = "";
    };
    if (open) rest(0);
    while (!open && at < line.length) {
      token.lastIndex = at;
      const found = token.exec(line);
      if (!found) break;
      const text = found[0];
      put(found.index);
      if (text === "/*" || text === "`") {
        open = text === "`" ? "`" : "*/";
        rest(at + text.length);
      } else put(at + text.length, text.startsWith("//") ? "c" : /^["']/.test(text) ? "s" : /^\d/.test(text) ? "d" : keywords.has(text) ? "k" : "");
    }
    put(line.length);
    return out;
  };
}
