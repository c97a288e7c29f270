// Small helpers shared by the scripts: elements, Swedish numbers, CSV, files.

const filled = (node, attributes, children) => {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value !== null && value !== false && value !== undefined)
      node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
};

/** An element. Attributes that are functions become listeners; null and false are left out. */
export const el = (name, attributes = {}, ...children) => filled(document.createElement(name), attributes, children);

/** The same for a drawing. */
export const svg = (name, attributes = {}, ...children) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

/** Lower case without marks: å, ä -> a, ö -> o, é -> e. */
export const folded = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/** Halves away from zero, as on the built pages. */
export const rounded = (value) => Math.sign(value) * Math.round(Math.abs(value)) || 0;

export const number = (value) => {
  const text = String(Math.abs(rounded(value))).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  return (rounded(value) < 0 ? "\u2212" : "") + text;
};
/** A share; what is not quite nothing or everything is not said to be. As in presentation/text.py. */
export const percent = (value) => (value === null ? "–"
  : value > 0 && value < 0.5 ? "mindre än\u00a01\u00a0%"
  : value >= 99.5 && value < 100 ? "över\u00a099\u00a0%" : `${number(value)}\u00a0%`);
/** The nation's share, or a word that it is not known. */
export const nationShare = (value) => (value === null ? "saknas" : percent(value));
/** The nation's mean number of Ja, which is a mean of shares. */
export const roughly = (value) => (value === null ? "saknas" : `cirka ${number(value)}`);
export const count = (n, one, many) => `${number(n)}\u00a0${n === 1 ? one : many}`;
export const inWords = (n) =>
  "noll en två tre fyra fem sex sju åtta nio tio elva tolv".split(" ")[n] ?? number(n);
export const list = (words, and = "och") =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;

/** The reader's own answers, as a unit among the others. */
export const OWN = "egna";

/** A text as anybody may have written it, in an address too: one line, without signs that can't be seen or turn it. */
export const plain = (text) =>
  text.normalize("NFC").replace(/[\p{C}\p{M}]+/gu, "").replace(/[\p{Z}\s]+/gu, " ").trim();
/** The same for a name: at most sixty signs. */
export const plainName = (name) => Array.from(plain(name)).slice(0, 60).join("").trim();

const SOME = 5, LONG = 60;
/** What an address says, as it is told of: at most sixty signs. */
export const short = (text) => {
  const signs = Array.from(plain(text));
  return signs.length > LONG ? `${signs.slice(0, LONG).join("")}…` : signs.join("");
};
/** Words about an address, some of them if they are many. */
export const some = (words) => list([...words.slice(0, SOME), ...(words.length > SOME ? [`${words.length - SOME} till`] : [])]);
/** What other sites put on the links to a page: no question of the reader's. */
export const FOREIGN = /^(utm_|mc_|ref$|source$|igsh|.*clid$)/i;

/** What own answers are called wherever they are shown: whatever is written as the name, they are never
 * taken for published ones. */
export const ownName = (name) => (plainName(name) ? `${plainName(name)} (egna svar)` : "Egna svar");
/** The same where a long name may be cut or stand among published units: what they are stands first. */
export const ownFirst = (name) => (plainName(name) ? `Egna svar: ${plainName(name)}` : "Egna svar");

const WORDS = { 2: "Ja", 1: "Delvis", 0: "Nej" };
export const word = (code) => WORDS[code] ?? "Uppgift saknas";

/** The symbol of an answer, drawn once per page in the template. */
export const symbol = (code) => svg("svg", {
  class: "oj-symbol", width: 20, height: 20, "aria-hidden": "true", focusable: "false",
}, svg("use", { href: `#oj-s${code ?? "x"}` }));
export const answer = (code) => el("span", { class: "oj-svar" }, symbol(code), ` ${word(code)}`);

/** A table in a region that can be scrolled with the keyboard. Roles are said aloud because
 * narrow screens lay the rows out as blocks. */
export function table(caption, heads, rows, { hidden = false, css = "oj-tabell oj-staplad" } = {}) {
  const head = heads.map((h) =>
    el("th", { scope: "col", role: "columnheader", class: h.number ? "tal" : null }, h.title));
  const body = rows.map((cells) =>
    el("tr", { role: "row" }, cells.map((cell, i) => {
      const content = cell instanceof Node || typeof cell === "string" ? [cell] : cell;
      return i === 0
        ? el("th", { scope: "row", role: "rowheader" }, content)
        : el("td", { role: "cell", class: heads[i].number ? "tal" : null,
                     "data-rubrik": heads[i].label ?? heads[i].title }, content);
    })));
  return el("div", { class: "oj-rulla", role: "region", "aria-label": caption, tabindex: "0" },
    el("table", { class: css, role: "table" },
      el("caption", { class: hidden ? "oj-dold" : null }, caption),
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, head)),
      el("tbody", { role: "rowgroup" }, body)));
}

/** An apostrophe before each sign that a spreadsheet may take for the beginning of a formula: first in
 * the text or after what some of them take for a new cell. `written` takes it away again. */
const harmless = (text) => text.replace(
  /(^|[;\t\r\n])([\s\p{Cf}"'`´‘’“”;,]*)([=+\-@＝＋－＠])|(["'`´‘’“”][\s\p{Cf}]*)([=+@＝＋＠])/gu,
  (all, before, dropped, sign, quoted, after) => (sign ? `${before}${dropped}'${sign}` : `${quoted}'${after}`));
const written = (text) => text.replace(
  /(^|[;\t\r\n])([\s\p{Cf}"'`´‘’“”;,]*)'([=+\-@＝＋－＠])|(["'`´‘’“”][\s\p{Cf}]*)'([=+@＝＋＠])/gu, "$1$2$3$4$5");

/** Rows as CSV as a Swedish spreadsheet opens it: semicolons, quoted where needed. No text is a formula;
 * a number is as it is. */
const toCsv = (rows) =>
  rows.map((row) => row.map((value) => {
    const text = typeof value === "string" ? harmless(value) : String(value ?? "");
    return /[",;\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(";")).join("\r\n") + "\r\n";

/** CSV as rows of text, whatever a spreadsheet has made of it. The separator is the comma, semicolon or
 * tab of the first line, or the one that a line `sep=` before it says; a spreadsheet that has saved such a
 * file anew has put its own after it. */
function fromCsv(text) {
  const lines = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const said = /^"?sep=(.)"?([,;\t]?)[,;\t]*\n/i.exec(lines);
  const plain = said ? lines.slice(said[0].length) : lines;
  const first = plain.split("\n", 1)[0];
  const separator = (said?.[2] || said?.[1]) ?? [";", "\t"].find((s) => first.split(s).length > first.split(",").length) ?? ",";
  const rows = [[]];
  let cell = "", quoted = false;
  for (let i = 0; i < plain.length; i++) {
    const c = plain[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (plain[i + 1] === '"') { cell += c; i++; }
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === separator) { rows.at(-1).push(cell); cell = ""; }
    else if (c === "\n") { rows.at(-1).push(cell); rows.push([]); cell = ""; }
    else cell += c;
  }
  if (cell !== "" || rows.at(-1).length) rows.at(-1).push(cell);
  return rows.filter((row) => row.some((value) => value !== "")).map((row) => row.map(written));
}

/** The rows of a file that the reader opens: UTF-8, UTF-16 or the Windows-1252 of an older Excel. */
export async function csvOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const wide = { "255 254": "utf-16le", "254 255": "utf-16be" }[bytes.slice(0, 2).join(" ")];
  try {
    return fromCsv(new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes));
  } catch {
    return fromCsv(new TextDecoder("windows-1252").decode(bytes));
  }
}

const KEPT_MS = 60_000;  // a busy computer may take seconds to begin reading the file

/** Hands the reader a file made on this computer. */
export function give(blob, name) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** Hands the reader rows as a CSV file. Its name has only a–z, 0–9 and hyphens. */
export function save(name, rows) {
  const plain = folded(name).replace(/[^a-z0-9]+/g, "-").slice(0, 80).replace(/^-|-$/g, "");
  give(new Blob(["\ufeff", toCsv(rows)], { type: "text/csv;charset=utf-8" }), `${plain}.csv`);
}

export const getJson = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
};
