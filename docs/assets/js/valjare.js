// Text boxes with suggestions (WAI-ARIA combobox). Finds on any part of a name, å/ä/ö or not. At the end the
// boxes that pages are built with: the one in every header, and the larger one on the first page.
import { el, folded, getJson, plain } from "./dom.js";

const SHOWN = 12;
const MARKED = /[åäöé]/i; // who types these means them; who does not may still mean them
let boxes = 0;

/** Whether two words differ in one letter at most: one wrong, missing, doubled or moved. */
export function near(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const [a, b] = [one.slice(at), other.slice(at)];
  return a.slice(1) === b.slice(1) || a === b.slice(1) || a.slice(1) === b
    || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
}

const FORGIVEN = 4; // letters from which a word may have one wrong

/** The options where each word of the query begins a word, or words written together, with one letter wrong. */
function forgiving(options, words) {
  if (words.every((word) => word.length < FORGIVEN)) return [];
  const begins = (word, part) => part.startsWith(word) || (word.length >= FORGIVEN
    && [-1, 0, 1].some((more) => near(word, part.slice(0, word.length + more))));
  return options.filter(({ folded: name }) => {
    const parts = name.split(/[\s,/-]+/);
    return words.every((word) => parts.some((_, i) => begins(word, parts.slice(i).join(""))));
  });
}

/** The unit or page that is called just what is typed, also with ”kommun” or an s after it. */
export function called(options, query) {
  const plain = (text) => folded(text).replace(/[\s-]/g, "");
  const wanted = plain(query.trim().replace(/\s+(kommun|stad)$/i, ""));
  return options.find(({ text }) => plain(text) === wanted)
    ?? options.find(({ text }) => `${plain(text)}s` === wanted);
}

/** The options that hold every word of the query: the one that is called just that, then those that
 * start with it, and among them those that do so with its letters as typed (”våld” before Valdemarsvik). */
export function matching(options, query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const together = words.join("");
  const plain = (text) => text.replace(/[\s-]/g, ""); // ”socialjour” finds ”social jour”
  const whole = plain(together);
  const typed = query.toLowerCase().normalize("NFC").split(/\s+/).filter(Boolean);
  const otherwise = (text) => Number(!typed.every((word) => text.toLowerCase().normalize("NFC").includes(word)));
  const score = (name) => {
    const close = plain(name);
    if (close === whole) return 0; // a city before its many districts
    if (close.startsWith(together)) return 1;
    if (!words.every((word) => name.includes(word))) return close.includes(together) ? 3 : -1;
    if (name.startsWith(words[0])) return 1;
    return name.split(/[\s,/-]+/).some((part) => part.startsWith(words[0])) ? 2 : 3;
  };
  const found = options
    .map((option) => [score((option.folded ??= folded(option.text))), otherwise(option.text), option])
    .filter(([points]) => points >= 0)
    .sort((a, b) => (MARKED.test(query.normalize("NFC")) ? a[1] - b[1] : 0) || a[0] - b[0] || a[1] - b[1])
    .map(([, , option]) => option);
  return found.length ? found : forgiving(options, words);
}

/**
 * Puts a labelled box in `root`. `load` gives the options ({text, note, …}) the first time they
 * are needed; `choose` gets the chosen option; `otherwise` (optional) gets the text when Enter is
 * pressed with nothing chosen and no option is called just that; `value` is there from the start.
 */
export function combobox(root, { label, load, choose, otherwise, otherwiseText, value = "" }) {
  const id = `oj-val-${++boxes}`;
  const box = el("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": `${id}-lista`, "aria-autocomplete": "list",
    placeholder: label, value,
  });
  const choices = el("ul", { id: `${id}-lista`, role: "listbox", class: "oj-forslag",
                             "aria-label": label, hidden: true });
  const status = el("div", { role: "status", class: "oj-dold" });
  let loading = null, shown = [], active = -1;

  const close = () => {
    choices.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    box.value = "";
    close();
    choose(option);
  };
  const mark = (index) => {
    active = index;
    [...choices.children].forEach((item, i) =>
      item.setAttribute("aria-selected", String(i === index)));
    if (index < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", choices.children[index].id);
    choices.children[index].scrollIntoView({ block: "nearest" });
  };
  const fetched = () => (loading ??= load());
  const show = async () => {
    if (!box.value.trim()) return close();
    let options;
    try {
      options = await fetched();
    } catch {
      loading = null;
      status.textContent = "Förslagen kunde inte hämtas.";
      return;
    }
    const query = box.value.trim(); // what is typed now, not when the fetching began
    if (!query || document.activeElement !== box) return close();
    const found = matching(options, query);
    shown = found.slice(0, SHOWN);
    if (otherwise) shown.push({ text: otherwiseText(query), otherwise: true });
    choices.replaceChildren(...shown.map((option, i) =>
      el("li", { role: "option", id: `${id}-${i}`, "aria-selected": "false",
                 class: option.otherwise ? "oj-forslag__sok" : null,
                 mousedown: (event) => { event.preventDefault(); pick(option); } },
        option.text, option.note ? el("span", { class: "oj-forslag__not" }, ` ${option.note}`) : "")));
    if (!shown.length) choices.replaceChildren(
      el("li", { role: "option", id: `${id}-0`, "aria-disabled": "true", "aria-selected": "false" }, "Inget förslag"));
    choices.hidden = false;
    box.setAttribute("aria-expanded", "true");
    status.textContent = found.length ? `${found.length} förslag` : "Inget förslag";
    mark(-1);
  };
  const enter = async (query) => {
    const options = await fetched().catch(() => []);
    const exact = called(options, query);
    if (exact) take(exact);
    else otherwise(query);
  };
  const pick = (option) => (option.otherwise ? otherwise(box.value.trim()) : take(option));

  box.addEventListener("input", show);
  // Fetched when the reader comes here, so that the first letter does not wait for it; if it fails,
  // `show` says so and tries again.
  box.addEventListener("focus", () => { fetched().catch(() => {}); if (box.value) show(); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const last = shown.length - 1;
    if (event.key === "Escape") { if (!choices.hidden) event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && !choices.hidden) { event.preventDefault(); mark(active >= last ? 0 : active + 1); }
    else if (event.key === "ArrowDown") show();
    else if (event.key === "ArrowUp" && !choices.hidden) { event.preventDefault(); mark(active <= 0 ? last : active - 1); }
    else if (event.key === "Enter") {
      const chosen = active >= 0 ? shown[active] : !otherwise && !choices.hidden ? shown[0] : null;
      if (chosen || otherwise) event.preventDefault(); // else the form looks up what is written
      if (chosen) pick(chosen);
      else if (otherwise && box.value.trim()) enter(box.value.trim());
    }
  });
  root.replaceChildren(el("label", { for: id, class: "oj-dold" }, label), box, choices, status);
  return box;
}

/** What a box suggests: municipalities, indicators and pages. */
const options = (address) => async () =>
  (await getJson(address)).map(([text, address, note]) => ({ text, address, note }));
const go = (root, address) => { location.href = new URL(address, new URL(root || ".", location.href)); };

for (const root of document.querySelectorAll("[data-oj-sok]")) {
  const { val, rot, sok } = root.dataset;
  combobox(root, {
    label: "Sök kommun, indikator eller ord",
    load: options(val),
    choose: (option) => go(rot, option.address),
    otherwise: (query) => { location.href = `${sok}?q=${encodeURIComponent(query)}`; },
    otherwiseText: (query) => `Sök ”${query}” på alla sidor`,
    value: document.getElementById("oj-soksida") ? plain(new URLSearchParams(location.search).get("q") ?? "") : "",
  });
}

for (const root of document.querySelectorAll("[data-oj-kommun]")) {
  const { val, rot } = root.dataset;
  const load = async () => (await options(val)()).filter(({ address }) => address.startsWith("kommuner/"));
  const box = combobox(root, { label: "Skriv din kommun", load, choose: (option) => go(rot, option.address) });
  root.closest("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [first] = matching(await load(), box.value);
    if (first) go(rot, first.address);
    else box.focus();
  });
}
