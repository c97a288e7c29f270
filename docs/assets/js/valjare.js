// A text box with suggestions (WAI-ARIA combobox). Finds on any part of a name, å/ä/ö or not.
import { el, folded } from "./dom.js";

const SHOWN = 12;
const MARKED = /[åäöé]/i; // who types these means them; who does not may still mean them
let boxes = 0;

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
  return options
    .map((option) => [score((option.folded ??= folded(option.text))), otherwise(option.text), option])
    .filter(([points]) => points >= 0)
    .sort((a, b) => (MARKED.test(query.normalize("NFC")) ? a[1] - b[1] : 0) || a[0] - b[0] || a[1] - b[1])
    .map(([, , option]) => option);
}

/**
 * Puts a labelled box in `root`. `load` gives the options ({text, note, …}) the first time they
 * are needed; `choose` gets the chosen option; `otherwise` (optional) gets the text when Enter is
 * pressed with nothing chosen.
 */
export function combobox(root, { label, load, choose, otherwise, otherwiseText }) {
  const id = `oj-val-${++boxes}`;
  const box = el("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": `${id}-lista`, "aria-autocomplete": "list",
    placeholder: label,
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
      event.preventDefault();
      if (active >= 0 && shown[active]) pick(shown[active]);
      else if (otherwise && box.value.trim()) otherwise(box.value.trim());
      else if (!otherwise && shown.length && !choices.hidden) pick(shown[0]);
    }
  });
  root.replaceChildren(el("label", { for: id, class: "oj-dold" }, label), box, choices, status);
  return box;
}
