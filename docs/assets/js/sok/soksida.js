// /sok/: names that hold the words first, then full text in the index that Pagefind made.
import { count, el, folded, getJson, plain } from "../dom.js";
import { matching, near } from "../valjare.js";

const SHOWN = 20; // hits at a time
const NAMES = 5;
const FEW = 5; // with fewer hits than this the search is widened
const PART = 4; // letters that a part of a word put together has at least
const LONGEST = 60; // letters; what is longer is no word
const BEGINNING = 6; // letters of a long word that are looked for then
const EMPTY = new Set("av de den det du en ett för har hur i med och om på som till vad vilka är".split(" "));
const root = document.getElementById("oj-soksida");
const query = plain(new URLSearchParams(location.search).get("q") ?? "");
const status = el("p", { role: "status" });
const hits = el("ol", { class: "oj-traffar" });
const more = el("button", { type: "button", class: "oj-knapp oj-knapp--svag", hidden: true }, "Visa fler träffar");
root.append(status, hits, el("p", {}, more));

let engine, names;
const load = () => (engine ??= import(new URL(root.dataset.pagefind, location.href)));
const loadNames = () => (names ??= getJson(root.dataset.val).then((rows) =>
  rows.map(([text, address]) => ({ text, url: new URL(address, new URL(root.dataset.rot, location.href)).href }))));

/** The words that carry meaning; all of them when none does. */
const telling = (text) => {
  const words = text.split(/\s+/);
  const kept = words.filter((word) => !EMPTY.has(word.toLowerCase()));
  return (kept.length ? kept : words).join(" ");
};

/** The names that are said in full somewhere in the text, also in the genitive. */
function spelledOut(options, text) {
  const words = new Set(folded(text).split(/[\s,]+/).flatMap((word) => [word, word.replace(/s$/, "")]));
  return options.filter((option) => folded(option.text).split(/[\s,]+/).every((word) => words.has(word)));
}

/** The excerpt with its words marked. Pagefind escapes everything but its own <mark>. */
function excerpt(html) {
  const nodes = new DOMParser().parseFromString(html, "text/html").body.childNodes;
  return el("p", {}, [...nodes].map((node) =>
    node.nodeName === "MARK" ? el("mark", {}, node.textContent) : node.textContent));
}

/** The pages whose title begins with a word of the search, in any form, before the others. */
function titledFirst(pages, words) {
  const stems = folded(words).split(" ").map((word) => word.slice(0, Math.min(BEGINNING, Math.max(4, word.length - 2))));
  const titled = ({ meta }) => stems.some((stem) => folded(meta.title ?? "").startsWith(stem));
  return [...pages.filter(titled), ...pages.filter((page) => !titled(page))];
}

/** A word that no page has, put right: with one letter wrong, or as the words it is put together of
 * (”hedersvåld”: ”hedersrelaterat våld”). Null if it is neither. */
async function corrected(engine, known, word) {
  const plain = folded(word), whole = known.find(([, same]) => near(plain, same));
  if (whole) return whole[0];
  for (const [one, same] of known) {
    const length = [0, 1, -1].map((more) => plain.length + more).find((n) => n <= same.length && near(plain, same.slice(0, n)));
    if (length) return one.slice(0, length);
  }
  for (let at = word.length - PART; at >= PART; at--) {
    const first = known.find(([, same]) => same.startsWith(plain.slice(0, at)));
    if (first && await held(engine, word.slice(at))) return `${first[0]} ${word.slice(at)}`;
  }
  return null;
}

/** Whether a page has the word in some form. Pagefind takes the beginning of a word that it does not know
 * for the word, unless it is quoted. */
const held = async (engine, word) => (await engine.search(`"${word}"`)).results.length > 0;

/** The search in words that the pages have: each word that they do not have is put right or left out. */
async function understood(engine, text) {
  const known = (await getJson(root.dataset.ord).catch(() => [])).map((word) => [word, folded(word)]);
  const words = [];
  for (const word of text.split(/\s+/)) {
    const begun = known.some(([, one]) => one.startsWith(folded(word)));
    words.push(begun || await held(engine, word) ? word : word.length > PART && word.length <= LONGEST ? await corrected(engine, known, word) : null);
  }
  return words.filter(Boolean).join(" ");
}

/** For a search with few hits: what has the most of its words, or words that begin the same. */
async function wider(engine, options, words) {
  const beginnings = words.split(" ").map((word) => word.slice(0, BEGINNING));
  const points = new Map();
  const add = (key, value, order) => {
    const known = points.get(key) ?? { value, words: 0, order: 0 };
    points.set(key, { value, words: known.words + 1, order: known.order + order });
  };
  const best = () => {
    const sorted = [...points.values()].sort((a, b) => b.words - a.words || a.order - b.order);
    points.clear();
    return sorted.map(({ value }) => value);
  };
  for (const beginning of beginnings) {
    options.filter((option) => folded(option.text).includes(folded(beginning)))
      .forEach((option) => add(option.url, option, 0));
  }
  const named = best();
  for (const beginning of beginnings) {
    (await engine.search(beginning)).results.forEach((result, order) => add(result.id, result, order));
  }
  return { named, found: best() };
}

async function search(text, asked = text) {
  hits.replaceChildren();
  more.hidden = true;
  status.textContent = text ? "Söker …" : "";
  if (!text) return;
  const words = telling(text), said = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  let named, found;
  try {
    const options = await loadNames();
    named = [...new Set([...matching(options, words), ...spelledOut(options, words)])].slice(0, NAMES);
    const engine = await load();
    const better = asked === text ? await understood(engine, words) : words;
    if (better && better !== words) return search(better, said);
    found = better ? (await engine.search(words)).results : [];
    if (better && named.length + found.length < FEW) {
      const more = await wider(engine, options, words);
      const known = new Set(found.map((result) => result.id));
      named = [...new Set([...named, ...more.named])].slice(0, NAMES);
      found = [...found, ...more.found.filter((result) => !known.has(result.id))];
    }
  } catch {
    status.textContent = "Sökningen kunde inte laddas. Försök igen, eller använd listorna över kommuner och indikatorer.";
    return;
  }
  const pages = titledFirst(await Promise.all(found.slice(0, SHOWN).map((result) => result.data())), words);
  const texts = new Map(pages.map((page) => [new URL(page.url, location.href).href, page]));
  const first = named.map(({ text: title, url }) => {
    const page = texts.get(url);
    texts.delete(url);
    return { title, url, excerpt: page?.excerpt ?? "" };
  });
  const rest = [...texts].map(([url, page]) => ({ title: page.meta.title, url, excerpt: page.excerpt }));
  show([...first, ...rest]);
  let shown = pages.length;
  const seen = new Set([...first, ...rest].map(({ url }) => url));
  const total = found.length + named.length - (pages.length - texts.size);
  const instead = asked === text ? "" : `Ingen sida handlar om ”${asked}”. Visar ”${text}”: `;
  status.textContent = total ? `${instead}${count(total, "sida", "sidor")} om ”${said}”.`
    : `Ingen sida handlar om ”${said}”. Pröva ett annat ord eller en del av det.`;
  more.hidden = found.length <= shown;
  more.onclick = async () => {
    const next = await Promise.all(found.slice(shown, shown + SHOWN).map((result) => result.data()));
    shown += next.length;
    more.hidden = found.length <= shown;
    const fresh = next.map((page) => ({ title: page.meta.title, url: new URL(page.url, location.href).href, excerpt: page.excerpt }))
      .filter(({ url }) => !seen.has(url));
    show(fresh)[0]?.querySelector("a").focus();
  };
}

/** Adds hits to the list; gives their items. */
function show(pages) {
  const items = pages.map((page) =>
    el("li", {}, el("a", { href: page.url }, page.title), page.excerpt ? excerpt(page.excerpt) : null));
  hits.append(...items);
  return items;
}

if (query) search(query);
else status.textContent = "Skriv vad du söker i rutan överst på sidan.";
