// The views of the comparison: a table of every answer, or a chart with its table.
import { nationCount, nationMean, share } from "../berakna.js";
import { deviation, framed, rowed, spine, squared, stacked } from "../diagram.js";
import { el, list, nationShare, number, percent, symbol, table, word } from "../dom.js";

const FEW = 12; // units that a chart with a row for each of them in every area has room for
const ANSWERS = [2, 1, 0, null];
const SHARES = { css: "oj-tabell oj-staplad oj-andelar" }; // a column for each unit

const codesOf = (unit, rows) => rows.map((row) => unit.koder[row.i]);
export const yes = (unit, rows) => codesOf(unit, rows).filter((code) => code === 2).length;
const amount = (unit, rows, code) => codesOf(unit, rows).filter((one) => one === code).length;

/** A share with what it is a share of. */
const base = (codes) => `${codes.filter((code) => code === 2).length} av ${codes.filter((code) => code !== null).length}`;
const withBase = (codes) => (share(codes) === null ? "–" : `${percent(share(codes))} (${base(codes)})`);
const signed = (value) => (value === null ? "–" : `${value > 0 && number(value) !== "0" ? "+" : ""}${number(value)}`);
const average = (rows) => (nationCount(rows) === null ? null : `cirka ${number(nationCount(rows))}`);

const cut = (chosen) => (chosen.length > FEW ? ` Diagrammet visar de ${FEW} första enheterna; tabellen visar alla.` : "");
const signsOf = (chosen, rows) => ANSWERS.filter((code) => chosen.some((unit) => amount(unit, rows, code))).map((code) => [code, word(code)]);

/** Quality areas, or the areas that are chosen, with what is chosen in them. */
const parts = ({ data, shown, byArea }) => data.omraden
  .filter((omrade) => (omrade.over === null) !== byArea)
  .map((omrade) => ({ omrade, rows: shown.filter((row) => row.kvalitet === omrade.id || row.omrade === omrade.id) }))
  .filter(({ rows }) => rows.length);

function counts({ chosen, shown, toUnit }) {
  const heads = [{ title: "Enhet" }, ...["Ja", "Delvis", "Nej", "Saknas"].map((title) => ({ title, number: true })),
    { title: "Andel ja av svaren", number: true }];
  return table("Antal svar per enhet", heads, chosen.map((unit) => [toUnit(unit, unit.namn),
    ...ANSWERS.map((code) => String(amount(unit, shown, code))), withBase(codesOf(unit, shown))]));
}

export function matrix({ data, chosen, shown, all, page, toUnit }) {
  const head = el("tr", { role: "row" },
    el("th", { scope: "col", role: "columnheader", class: "oj-matris__etikett" }, "Indikator"),
    el("th", { scope: "col", role: "columnheader", class: "oj-matris__riket" }, el("span", { class: "oj-lodrat" }, "Riket, andel ja")),
    chosen.map((unit) => el("th", { scope: "col", role: "columnheader" }, toUnit(unit, unit.kort, "oj-lodrat"))));
  const bodies = parts({ data, shown, byArea: false }).map(({ omrade, rows }) => el("tbody", { role: "rowgroup" },
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
    el("td", { role: "cell", class: "tal" }, average(all) ?? "saknas"),
    chosen.map((unit) => el("td", { role: "cell", class: "tal" }, String(yes(unit, all))))));
  return [el("div", { class: `oj-rulla ${chosen.length > FEW ? "oj-hog" : "oj-matris-ram"}`, role: "region", "aria-label": "Jämförelsen", tabindex: "0" },
    el("table", { class: "oj-matris", role: "table", style: `--oj-enheter: ${chosen.length}` },
      el("caption", {}, `Svar per indikator ${data.ar}. Enhetens namn leder till profilen, där det vid varje svar står var det är tryckt.`),
      el("thead", { role: "rowgroup" }, head), bodies, foot))];
}

export function squares(asked) {
  const { data, chosen, shown } = asked;
  const blocks = parts({ data, shown, byArea: false });
  return [framed({
    title: `En ruta för varje fråga, ${chosen.length === 1 ? chosen[0].kort : `${chosen.length} enheter`}`,
    signs: signsOf(chosen, shown),
    said: `Samma plats är samma fråga för alla. Blocken från vänster: ${list(blocks.map(({ omrade }) => omrade.namn))}.`,
    draw: squared(chosen.map((unit) => ({
      name: unit.kort, number: `${yes(unit, shown)} av ${shown.length}`,
      areas: blocks.map(({ rows }) => rows.map((row) => [unit.koder[row.i], `${row.namn}: ${word(unit.koder[row.i])}`])),
    }))),
  }), counts(asked)];
}

/** The unit or units with most of something, in words; none where too many share it. */
const foremost = (units, value) => {
  const most = Math.max(...units.map(value));
  const top = units.filter((unit) => value(unit) === most);
  return [units.length > 1 && top.length <= 3 ? list(top.map(({ kort }) => kort)) : null, most];
};

export function bars(asked) {
  const { shown } = asked;
  const chosen = [...asked.chosen].sort((a, b) => yes(b, shown) - yes(a, shown));
  const [top, most] = foremost(chosen, (unit) => yes(unit, shown));
  const nation = nationCount(shown);
  return [framed({
    title: top ? `Flest ja-svar har ${top}: ${most} av ${shown.length}` : `Antal svar av ${shown.length}`,
    signs: [...signsOf(chosen, shown), ...(nation === null ? [] : [["riket", "riket, antal ja"]])],
    said: nation === null
      ? "Rikets genomsnitt går inte att räkna ut: andelen är inte känd för alla indikatorer i urvalet."
      : `Strecket är rikets genomsnittliga antal ja-svar, ${average(shown)} av ${shown.length}.`,
    draw: rowed({
      low: 0, high: shown.length, nation,
      rows: chosen.map((unit) => ({ name: unit.kort, number: `${yes(unit, shown)} ja`,
        draw: stacked(ANSWERS.map((code) => [code, amount(unit, shown, code)])) })),
    }),
  }), counts({ ...asked, chosen })];
}

/** Each unit's share in each area, between the lowest and the highest of all units. */
export function shares(asked) {
  const { data, chosen, shown, toUnit } = asked;
  const areas = parts(asked).map(({ omrade, rows }) => {
    const known = data.alla.map((unit) => share(codesOf(unit, rows))).filter((value) => value !== null);
    return { omrade, rows, nation: nationMean(rows), range: known.length ? [Math.min(...known), Math.max(...known)] : [null, null] };
  });
  const [top, most] = foremost(chosen, (unit) => share(codesOf(unit, shown)) ?? -1);
  const drawn = chosen.slice(0, FEW), group = data.urval ? "enheterna i underlaget" : "alla enheter";
  return [framed({
    title: top ? `Störst andel ja-svar har ${top}: ${percent(most)}` : "Andel ja-svar per område",
    signs: [["egen", "enheten"], ...(areas.some(({ nation }) => nation !== null) ? [["riket", "riket"]] : []), ["band", `${group}, lägst till högst`]],
    said: `Andel ja av svaren i varje område.${cut(chosen)}`,
    draw: rowed({
      low: 0, high: 100, suffix: "\u00a0%",
      rows: areas.flatMap(({ omrade, rows, nation, range }) => [{ head: omrade.namn }, ...drawn.map((unit) => {
        const codes = codesOf(unit, rows);
        return { name: unit.kort, number: percent(share(codes)), draw: spine(share(codes), nation, ...range) };
      })]),
    }),
  }), table("Andel ja-svar per område",
    [{ title: "Område" }, { title: "Riket, andel ja", number: true }, ...chosen.map((unit) => ({ title: unit.kort, number: true }))],
    areas.map(({ omrade, rows, nation }) => [omrade.namn, nationShare(nation), ...chosen.map((unit) => withBase(codesOf(unit, rows)))]), SHARES),
  el("p", {}, "Till profilerna: ", chosen.flatMap((unit, i) => [i ? ", " : "", toUnit(unit, unit.kort)]), ".")];
}

/** Each unit against the nation or a unit, area by area, on the indicators that both have. */
export function difference(asked) {
  const { chosen, shown, other } = asked;
  const others = chosen.filter((unit) => unit !== other);
  const name = other ? other.kort : "riket";
  if (!others.length) return [el("p", {}, `Välj minst en enhet till att jämföra med ${name}.`)];
  const figures = parts(asked).map(({ omrade, rows }) => {
    const compared = others.map((unit) => {
      const both = rows.filter((row) => unit.koder[row.i] !== null && (!other || other.koder[row.i] !== null));
      const own = share(codesOf(unit, both));
      const reference = other ? share(codesOf(other, both)) : nationMean(both);
      return { value: own === null || reference === null ? null : own - reference, codes: codesOf(unit, both) };
    });
    return { omrade, reference: other ? withBase(codesOf(other, rows)) : nationShare(nationMean(rows)),
             values: compared.map(({ value }) => value),
             cells: compared.map(({ value, codes }) => (value === null ? "–" : `${signed(value)} (${base(codes)})`)) };
  });
  const all = figures.flatMap(({ values }) => values).filter((value) => value !== null);
  if (!other && !all.length) return [el("p", {},
    "Rikets andelar saknas, så skillnaden mot riket går inte att räkna ut. Välj en enhet att jämföra med.")];
  const partial = [...others, other].some((unit) => unit && codesOf(unit, shown).includes(null))
    ? " Varje skillnad gäller de frågor som båda har svar på." : "";
  return [framed({
    title: others.length === 1 ? `Andelen ja-svar i ${others[0].kort} jämfört med ${name}` : `Andelen ja-svar jämfört med ${name}`,
    said: `Procentenheter. Staplar till höger om noll: större andel ja-svar än ${name}.${partial}${cut(others)}`,
    draw: rowed({
      low: Math.min(0, ...all), high: Math.max(0, ...all),
      rows: figures.flatMap(({ omrade, values }) => [{ head: omrade.namn }, ...others.slice(0, FEW).map((unit, i) =>
        ({ name: unit.kort, number: signed(values[i]), draw: deviation(values[i]) }))]),
    }),
  }), table(`Skillnad i andel ja-svar mot ${name}, procentenheter. Inom parentes enhetens ja-svar av de svar som jämförs.`,
    [{ title: "Område" }, { title: other ? `${name}, andel ja` : "Riket, andel ja", number: true }, ...others.map((unit) => ({ title: unit.kort, number: true }))],
    figures.map((f) => [f.omrade.namn, f.reference, ...f.cells]), SHARES)];
}
