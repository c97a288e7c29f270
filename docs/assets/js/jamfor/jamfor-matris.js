// The matrix of the comparison: drawn when something is chosen, and sorted, whoever drew it.
import { nationCount, parts, yes } from "../berakna.js";
import { el, nationShare, roughly, symbol, word } from "../dom.js";

const FEW = 12; // units from which the matrix is scrolled in a frame of its own

/** Every answer, a row for each question and a column for each unit. */
export function matrix({ data, chosen, shown, all, page, toUnit }) {
  const head = el("tr", { role: "row" },
    el("th", { scope: "col", role: "columnheader", class: "oj-matris__etikett" }, "Indikator"),
    el("th", { scope: "col", role: "columnheader", class: "oj-matris__riket" }, el("span", { class: "oj-lodrat" }, "Riket, andel ja")),
    chosen.map((unit) => el("th", { scope: "col", role: "columnheader" }, toUnit(unit, unit.kort, "oj-lodrat"))));
  const bodies = parts({ data, shown }).map(({ omrade, rows }) => el("tbody", { role: "rowgroup" },
    el("tr", { class: "oj-matris__omrade", role: "row" },
      el("th", { scope: "rowgroup", role: "rowheader", colspan: chosen.length + 2 }, omrade.namn)),
    rows.map((row) => el("tr", { role: "row", "data-nr": row.nr, "data-riket": row.riket },
      el("th", { scope: "row", role: "rowheader", class: "oj-matris__etikett" }, el("a", { href: page(row.sida ?? `indikatorer/${row.id}/`) }, row.namn)),
      el("td", { role: "cell", class: "tal" }, nationShare(row.riket)),
      chosen.map((unit) => el("td", { role: "cell", "data-svar": unit.koder[row.i] ?? "x" }, symbol(unit.koder[row.i]),
        el("span", { class: "oj-dold" }, word(unit.koder[row.i]))))))));
  const foot = el("tfoot", { role: "rowgroup" }, el("tr", { role: "row" },
    el("th", { scope: "row", role: "rowheader", class: "oj-matris__etikett" },
      `Antal ja av ${all.length}${shown.length < all.length ? " i hela urvalet" : ""}`),
    el("td", { role: "cell", class: "tal" }, roughly(nationCount(all))),
    chosen.map((unit) => el("td", { role: "cell", class: "tal" }, String(yes(all.map((row) => unit.koder[row.i])))))));
  return [el("div", { class: `oj-rulla ${chosen.length > FEW ? "oj-hog" : "oj-matris-ram"}`, role: "region", "aria-label": "Jämförelsen", tabindex: "0" },
    el("table", { class: "oj-matris", role: "table", style: `--oj-enheter: ${chosen.length}` },
      el("caption", {}, `Svar per indikator ${data.ar}. Enhetens namn leder till profilen.`),
      el("thead", { role: "rowgroup" }, head), bodies, foot))];
}

/** Sorts the rows of the matrix by the nation's share or by one unit's answers; gives the choice, to be put on the page. */
export function sorting(table) {
  const groups = [...table.tBodies];
  const rows = groups.flatMap((group) => [...group.querySelectorAll("tr[data-nr]")]);
  const home = groups.map((group) => [group, [...group.rows]]);
  const flat = el("tbody", { role: "rowgroup", hidden: true });
  groups.at(-1).after(flat);
  const units = [...table.tHead.rows[0].cells].slice(2).map((cell) => cell.textContent.trim());
  const unknown = (row) => Number(row.dataset.riket === undefined); // last, whatever the direction
  const byShare = (direction) => (a, b) => unknown(a) - unknown(b)
    || direction * (a.dataset.riket - b.dataset.riket);
  const code = (row, i) => row.cells[i + 2].dataset.svar;
  const select = el("select", {},
    el("option", { value: "" }, "Publicerad ordning"),
    rows.some((row) => row.dataset.riket) ? [
      el("option", { value: "hog" }, "Rikets andel, vanligast först"),
      el("option", { value: "lag" }, "Rikets andel, ovanligast först")] : null,
    units.map((name, i) => el("option", { value: String(i) }, `${name}, det som saknas först`)));
  select.addEventListener("change", () => {
    const by = select.value;
    if (by === "") {
      for (const [group, before] of home) { group.append(...before); group.hidden = false; }
      flat.hidden = true;
      return;
    }
    const lack = "01x2";
    const compare = by === "hog" ? byShare(-1) : by === "lag" ? byShare(1)
      : (a, b) => lack.indexOf(code(a, +by)) - lack.indexOf(code(b, +by)) || byShare(-1)(a, b);
    flat.append(...[...rows].sort((a, b) => compare(a, b) || a.dataset.nr - b.dataset.nr));
    for (const [group] of home) group.hidden = true;
    flat.hidden = false;
  });
  return el("p", { class: "oj-verktyg" }, el("label", {}, "Ordna raderna efter ", select));
}
