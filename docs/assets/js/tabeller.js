// What a reader may do with a table that is already whole: filter the answers of a profile, sort
// a list. Nothing is fetched and nothing is left out without these.
import { count, el, folded, short } from "./dom.js";

const LONG = 40; // rows from which a list can be narrowed; as many are shown at first

const chosen = (form) => new FormData(form);

/** Filters the answers of a profile by area and by answer. */
function filterable(table) {
  const groups = [...table.tBodies];
  const rows = groups.flatMap((group) => [...group.querySelectorAll("tr[data-svar]")]);
  const answers = [...new Set(rows.map((row) => row.dataset.svar))];
  const order = ["Ja", "Delvis", "Nej"];
  answers.sort((a, b) => (order.indexOf(a) + 9) % 9 - (order.indexOf(b) + 9) % 9);
  const status = el("p", { role: "status", class: "oj-verktyg__status" });
  const form = el("form", { class: "oj-verktyg", submit: (event) => event.preventDefault() },
    el("label", {}, "Område ", el("select", { name: "omrade" },
      el("option", { value: "" }, "Alla områden"),
      groups.map((group) => el("option", { value: group.dataset.omrade }, group.dataset.omrade)))),
    el("fieldset", {}, el("legend", {}, "Svar"),
      answers.map((name) => el("label", {},
        el("input", { type: "checkbox", name: "svar", value: name, checked: true }), ` ${name}`))),
    status);
  form.addEventListener("change", () => {
    const wanted = chosen(form), kinds = wanted.getAll("svar"), area = wanted.get("omrade");
    let shown = 0;
    for (const group of groups) {
      let any = 0;
      for (const row of group.querySelectorAll("tr[data-svar]")) {
        row.hidden = !(kinds.includes(row.dataset.svar) && (!area || group.dataset.omrade === area));
        if (!row.hidden) any++;
      }
      group.hidden = !any;
      shown += any;
    }
    status.textContent = `${shown} av ${rows.length} svar visas`;
  });
  table.closest(".oj-rulla").before(form);
}

const ORDERED = "oj-ordnad";

/** Sorts a list by a column: numbers by size, words by the Swedish alphabet, and what is missing last. */
function sortable(table) {
  const words = new Intl.Collator("sv");
  const value = (row, i) => row.cells[i].textContent.trim();
  const size = (text) => Number((/[-\u2212]?\d[\d\u00a0]*(?:,\d+)?/.exec(text)?.[0] ?? "NaN")
    .replace(/\u00a0/g, "").replace("\u2212", "-").replace(",", "."));
  const heads = [...table.tHead.rows[0].cells];
  const order = (head, i, rising) => {
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    const body = table.tBodies[0];
    const fixed = [...body.querySelectorAll("tr.oj-riket")];
    const rest = [...body.rows].filter((row) => !fixed.includes(row));
    const byNumber = rest.some((row) => !Number.isNaN(size(value(row, i)))) && i > 0;
    const missing = (row) => (byNumber ? Number.isNaN(size(value(row, i))) : !/[\p{L}\p{N}]/u.test(value(row, i)));
    rest.sort((a, b) => missing(a) - missing(b) || (missing(a) ? 0 : (rising ? 1 : -1) * (byNumber
      ? size(value(a, i)) - size(value(b, i)) : words.compare(value(a, i), value(b, i)))));
    body.append(...fixed, ...rest);
    table.dispatchEvent(new Event(ORDERED));
  };
  // A narrow screen folds the rows and hides the headings: the same choice as a list.
  const select = el("select", {}, el("option", { value: "" }, "Ordningen från början"), heads.flatMap((head, i) => {
    const name = head.textContent.trim(), number = head.classList.contains("tal");
    return [!number, number].map((rising) => el("option", { value: `${i} ${Number(rising)}` },
      `${name}, ${number ? (rising ? "lägst först" : "högst först") : rising ? "A–Ö" : "Ö–A"}`));
  }));
  const home = [...table.tBodies[0].rows];
  select.addEventListener("change", () => {
    const [i, rising] = select.value.split(" ").map(Number);
    if (select.value) return order(heads[i], i, Boolean(rising));
    for (const head of heads) head.removeAttribute("aria-sort");
    table.tBodies[0].append(...home);
    table.dispatchEvent(new Event(ORDERED));
  });
  heads.forEach((head, i) => {
    const button = el("button", { type: "button", class: "oj-sortera", click: () => {
      const now = head.getAttribute("aria-sort");
      order(head, i, now ? now !== "ascending" : !head.classList.contains("tal"));
      select.value = `${i} ${Number(head.getAttribute("aria-sort") === "ascending")}`;
    } }, ...head.childNodes);
    head.append(button);
  });
  if (table.classList.contains("oj-staplad")) {
    (table.closest(".oj-rulla") ?? table).before(
      el("p", { class: "oj-verktyg oj-verktyg--smal" }, el("label", {}, "Ordna efter ", select)));
  }
}

/** Narrows a long list to the rows with what is written, in any of their words, and shows the first
 * of them until all are asked for. A list that scrolls in its own frame is shown whole; so is paper. */
function narrowable(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows].filter((row) => !row.classList.contains("oj-riket"));
  if (rows.length < LONG) return;
  const words = new Map(rows.map((row) => [row, folded(
    [...row.cells].filter((cell) => !cell.classList.contains("tal")).map((cell) => cell.textContent).join(" "))]));
  let limit = table.closest(".oj-hog") ? rows.length : LONG;
  const status = el("p", { role: "status", class: "oj-verktyg__status", tabindex: "-1" });
  const box = el("input", { type: "search", autocomplete: "off", input: () => show() });
  const more = el("button", { type: "button", class: "oj-knapp oj-knapp--svag", click: () => {
    limit = rows.length;
    show();
    status.focus();
  } });
  const rest = el("p", { class: "oj-verktyg" }, more);
  const show = () => {
    const wanted = folded(box.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of body.rows) {
      if (!words.has(row)) continue;
      row.hidden = !wanted.every((word) => words.get(row).includes(word));
      row.classList.toggle("oj-senare", !row.hidden && ++found > limit);
    }
    rest.hidden = found <= limit;
    more.textContent = `Visa alla ${count(found, "rad", "rader")}`;
    status.textContent = found > limit ? `De ${limit} första av ${count(found, "rad", "rader")} visas`
      : `${found} av ${count(rows.length, "rad", "rader")} visas`;
  };
  show(); // before the status is on the page, so that nobody is told of it
  const frame = table.closest(".oj-rulla");
  frame.before(el("form", { class: "oj-verktyg", submit: (event) => event.preventDefault() },
    el("label", {}, "Visa bara rader med ", box), status));
  frame.after(rest);
  table.addEventListener(ORDERED, show);
}

/** Puts the advice for the reader's own role first, open; the choice is in the address. */
function ownRoleFirst(place) {
  const roles = [...place.children];
  const select = el("select", {}, el("option", { value: "" }, "Alla roller"),
    roles.map(({ dataset }) => el("option", { value: dataset.roll }, dataset.namn)));
  const show = () => {
    const own = roles.find(({ dataset }) => dataset.roll === select.value);
    place.append(...(own ? [own, ...roles.filter((role) => role !== own)] : roles));
    roles.forEach((role, i) => { role.open = own ? role === own : i === 0; });
  };
  select.addEventListener("change", () => {
    const asked = new URLSearchParams(location.search);
    if (select.value) asked.set("roll", select.value);
    else asked.delete("roll");
    history.replaceState(null, "", `${location.pathname}${asked.size ? `?${asked}` : ""}${location.hash}`);
    show();
  });
  const asked = new URLSearchParams(location.search).getAll("roll").filter(Boolean);
  const found = asked.find((id) => roles.some(({ dataset }) => dataset.roll === id));
  const missed = asked.find((id) => id !== found);
  const status = el("span", { role: "status" }, missed === undefined ? ""
    : `Rollen ”${short(missed)}” i adressen finns inte här.${found ? "" : " Alla roller visas."}`);
  place.before(el("p", { class: "oj-verktyg" }, el("label", {}, "Din roll ", select), status));
  if (found) { select.value = found; show(); }
}

document.querySelectorAll("[data-oj-roller]").forEach(ownRoleFirst);
document.querySelectorAll("[data-oj-filter]").forEach(filterable);
document.querySelectorAll("[data-oj-sortera]").forEach(sortable);
document.querySelectorAll("[data-oj-sortera], [data-oj-lista]").forEach(narrowable);
