// The views of the comparison that are charts, each with its table. Fetched when one of them is asked for.
import { nationCount, nationMean, parts, range, share, yes } from "../berakna.js";
import { SPINES, deviation, framed, rowed, spine, squared, stacked } from "../diagram.js";
import { el, inWords, list, nationShare, number, percent, roughly, table, word } from "../dom.js";

const FEW = 12; // units that a chart with a row for each of them in every area has room for
const ANSWERS = [2, 1, 0, null];
const SHARES = { css: "oj-tabell oj-staplad oj-andelar" }; // a column for each unit

const codesOf = (unit, rows) => rows.map((row) => unit.koder[row.i]);
const yesOf = (unit, rows) => yes(codesOf(unit, rows));
const amount = (unit, rows, code) => codesOf(unit, rows).filter((one) => one === code).length;

/** A chart of the comparison with its table, both as parts of the page. */
const withTable = ({ place, source }, chart, figures) => [framed({ ...chart, place, source, table: figures, name: "jamforelse" }), figures];
const questions = ({ shown, about }) => `${shown.length} ${shown.length === 1 ? "fråga" : "frågor"}${about}`;

/** A share with what it is a share of. */
const base = (codes) => `${yes(codes)}\u00a0av\u00a0${codes.filter((code) => code !== null).length}`;
const withBase = (codes) => (share(codes) === null ? "–" : `${percent(share(codes))} (${base(codes)})`);
const signed = (value) => (value === null ? "–" : `${value > 0 && number(value) !== "0" ? "+" : ""}${number(value)}`);

const cut = (chosen) => (chosen.length > FEW ? ` Diagrammet visar de ${FEW} första enheterna; tabellen visar alla.` : "");
const signsOf = (chosen, rows) => ANSWERS.filter((code) => chosen.some((unit) => amount(unit, rows, code))).map((code) => [code, word(code)]);

function counts({ chosen, shown, toUnit }) {
  const heads = [{ title: "Enhet" }, ...["Ja", "Delvis", "Nej", "Saknas"].map((title) => ({ title, number: true })),
    { title: "Andel ja av svaren", number: true }];
  return table("Antal svar per enhet", heads, chosen.map((unit) => [toUnit(unit, unit.namn),
    ...ANSWERS.map((code) => String(amount(unit, shown, code))), withBase(codesOf(unit, shown))]));
}

/** The units with most and least of something, in words; a number of them where many share it. */
function ends(units, value) {
  const values = units.map(value), [least, most] = [Math.min(...values), Math.max(...values)];
  const who = (wanted) => {
    const those = units.filter((unit) => value(unit) === wanted);
    return those.length <= 3 ? list(those.map(({ kort }) => kort)) : `${those.length} enheter`;
  };
  return { most, least, top: who(most), bottom: who(least) };
}

/** How many Ja, as a sentence. */
function mostYes(asked) {
  const { chosen, shown } = asked;
  const { most, least, top, bottom } = ends(chosen, (unit) => yesOf(unit, shown));
  if (chosen.length === 1) return `${top} svarar ja på ${most} av ${questions(asked)}`;
  if (most === least) return `${chosen.length === 2 ? list(chosen.map(({ kort }) => kort)) : `Alla ${chosen.length} enheter`} svarar ja på ${most} av ${questions(asked)}`;
  return `Flest ja-svar har ${top}: ${most} av ${questions(asked)}. Färrest har ${bottom}: ${least}`;
}

function squares(asked) {
  const { data, chosen, shown } = asked;
  const blocks = parts({ data, shown });
  return withTable(asked, {
    title: mostYes(asked),
    signs: signsOf(chosen, shown),
    said: `En ruta för varje fråga; samma plats är samma fråga för alla. Blocken från vänster: ${list(blocks.map(({ omrade }) => omrade.namn))}.`,
    draw: squared(chosen.map((unit) => ({
      name: unit.kort, number: `${yesOf(unit, shown)} av ${shown.length}`,
      areas: blocks.map(({ rows }) => rows.map((row) => [unit.koder[row.i], `${row.namn}: ${word(unit.koder[row.i])}`])),
    }))),
  }, counts(asked));
}

function bars(asked) {
  const { shown } = asked;
  const chosen = [...asked.chosen].sort((a, b) => yesOf(b, shown) - yesOf(a, shown));
  const nation = nationCount(shown);
  return withTable(asked, {
    title: mostYes(asked),
    signs: [...signsOf(chosen, shown), ...(nation === null ? [] : [["riket", "riket, antal ja"]])],
    said: nation === null
      ? "Rikets genomsnitt går inte att räkna ut: andelen är inte känd för alla indikatorer i urvalet."
      : `Strecket är rikets genomsnittliga antal ja-svar, ${roughly(nation)} av ${shown.length}.`,
    draw: rowed({
      low: 0, high: shown.length, nation,
      rows: chosen.map((unit) => ({ name: unit.kort, number: `${yesOf(unit, shown)} ja`,
        draw: stacked(ANSWERS.map((code) => [code, amount(unit, shown, code)])) })),
    }),
  }, counts({ ...asked, chosen }));
}

/** Each unit's share in each area, between the lowest and the highest of all units. */
function shares(asked) {
  const { data, chosen, shown, toUnit } = asked;
  const areas = parts(asked).map(({ omrade, rows }) => {
    return { omrade, rows, nation: nationMean(rows), range: range(data.alla.map((unit) => share(codesOf(unit, rows)))) };
  });
  const answered = chosen.filter((unit) => share(codesOf(unit, shown)) !== null);
  const { most, least, top, bottom } = ends(answered, (unit) => share(codesOf(unit, shown)));
  const drawn = chosen.slice(0, FEW), group = data.urval ? `de ${inWords(data.alla.length)}` : "alla enheter";
  return [...withTable(asked, {
    title: !answered.length ? `Ingen har svarat på ${questions(asked)}`
      : chosen.length === 1 || most === least ? `${top} svarar ja på ${percent(most)} av ${questions(asked)}`
      : `Störst andel ja-svar har ${top}: ${percent(most)} av ${questions(asked)}. Minst har ${bottom}: ${percent(least)}`,
    signs: [["egen", "enheten"], ...(areas.some(({ nation }) => nation !== null) ? [["riket", "riket"]] : []), ["band", `${group}, lägst till högst`]],
    said: `Andel ja av svaren i varje område.${cut(chosen)}`,
    draw: rowed({
      ...SPINES,
      rows: areas.flatMap(({ omrade, rows, nation, range }) => [{ head: omrade.namn }, ...drawn.map((unit) => {
        const codes = codesOf(unit, rows);
        return { name: unit.kort, number: percent(share(codes)), draw: spine(share(codes), nation, ...range) };
      })]),
    }),
  }, table("Andel ja-svar per område",
    [{ title: "Område" }, { title: "Riket, andel ja", number: true }, ...chosen.map((unit) => ({ title: unit.kort, number: true }))],
    areas.map(({ omrade, rows, nation }) => [omrade.namn, nationShare(nation), ...chosen.map((unit) => withBase(codesOf(unit, rows)))]), SHARES)),
  el("p", {}, "Till profilerna: ", chosen.flatMap((unit, i) => [i ? ", " : "", toUnit(unit, unit.kort)]), ".")];
}

/** Each unit against the nation or a unit, area by area, on the indicators that both have. */
function difference(asked) {
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
  const known = figures.filter(({ values }) => values[0] !== null);
  const above = known.filter(({ values: [value] }) => value > 0 && number(value) !== "0").length;
  const [furthest, where, who] = figures.flatMap(({ omrade, values }) => values.map((value, i) => [value ?? 0, omrade.namn, others[i].kort]))
    .reduce((most, one) => (Math.abs(one[0]) > Math.abs(most[0]) ? one : most));
  return withTable(asked, {
    title: !all.length ? `Ingen fråga är besvarad av både ${list(others.map(({ kort }) => kort))} och ${name}`
      : others.length === 1 ? `${who} har större andel ja-svar än ${name} i ${above} av ${known.length} områden`
      : number(furthest) === "0" ? `Andelen ja-svar är densamma som i ${name} i alla områden`
      : `Längst från ${name} ligger ${who} inom ${where.toLowerCase()}: ${signed(furthest)} procentenheter`,
    said: `Procentenheter. Staplar till höger om noll: större andel ja-svar än ${name}.${partial}${cut(others)}`,
    draw: rowed({
      low: Math.min(0, ...all), high: Math.max(0, ...all),
      rows: figures.flatMap(({ omrade, values }) => [{ head: omrade.namn }, ...others.slice(0, FEW).map((unit, i) =>
        ({ name: unit.kort, number: signed(values[i]), draw: deviation(values[i]) }))]),
    }),
  }, table(`Skillnad i andel ja-svar mot ${name}, procentenheter. Inom parentes enhetens ja-svar av de svar som jämförs.`,
    [{ title: "Område" }, { title: other ? `${name}, andel ja` : "Riket, andel ja", number: true }, ...others.map((unit) => ({ title: unit.kort, number: true }))],
    figures.map((f) => [f.omrade.namn, f.reference, ...f.cells]), SHARES));
}

export const charts = { rutor: squares, andelar: shares, staplar: bars, skillnad: difference };
