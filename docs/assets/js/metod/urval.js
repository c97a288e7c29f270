// Lets a reader choose rows of a table that is already whole, by what the rows say about themselves.
import { el } from "../dom.js";

const words = new Intl.Collator("sv");
const values = (rows, key) => [...new Set(rows.flatMap((row) => row.dataset[key].split("|")))]
  .filter(Boolean).sort(words.compare);

const chooser = (label, options, change) => el("label", {}, `${label} `,
  el("select", { change },
    el("option", { value: "" }, "Alla"), options.map((value) => el("option", { value }, value))));

/** A table with headings that say what can be chosen: `data-valj` is the rows' data name. */
function choosable(table) {
  const rows = [...table.tBodies[0].rows];
  const status = el("p", { role: "status", class: "oj-verktyg__status" });
  const chosen = {};
  const show = () => {
    for (const row of rows) row.hidden = Object.entries(chosen).some(([key, value]) =>
      value && !row.dataset[key].split("|").includes(value));
    status.textContent = `${rows.filter((row) => !row.hidden).length} av ${rows.length} ${table.dataset.ojUrval} visas`;
  };
  const selects = [...table.querySelectorAll("th[data-valj]")].map((head) => {
    const key = head.dataset.valj;
    return chooser(head.dataset.namn ?? head.textContent.trim(), values(rows, key),
      (event) => { chosen[key] = event.target.value; show(); });
  });
  table.closest(".oj-rulla").before(
    el("form", { class: "oj-verktyg", submit: (event) => event.preventDefault() }, selects, status));
}

/** One choice for every table on the page whose rows have `data-val`. */
function choosableGroup(place) {
  const rows = [...document.querySelectorAll("tr[data-val]")];
  const status = el("p", { role: "status", class: "oj-verktyg__status" });
  const select = chooser(place.dataset.ojUrvalGrupp, values(rows, "val"), (event) => {
    const value = event.target.value;
    for (const row of rows) {
      row.hidden = Boolean(value) && row.dataset.val !== value;
      const fold = row.closest("details");
      if (fold && value && !row.hidden) fold.open = true;
    }
    status.textContent = value
      ? `${value}: svar på ${rows.filter((row) => !row.hidden).length} frågor visas` : "Alla svar visas";
  });
  place.append(el("form", { class: "oj-verktyg", submit: (event) => event.preventDefault() }, select, status));
}

document.querySelectorAll("table[data-oj-urval]").forEach(choosable);
document.querySelectorAll("[data-oj-urval-grupp]").forEach(choosableGroup);
