// Charts drawn in the browser, in the language of the built pages: squares, spines, bars. Drawn in pixels
// for the width that there is, and anew when it changes; colours come from the style sheet.
import { el, give, save, svg, word } from "./dom.js";

const MOST = 46; // rem, as the style sheet has it
const WIDE = 480; // from this width names stand beside their rows, below it above them
const ROW = 28, HEAD = 34, ABOVE = 20, FLOOR = 24;
const STEP = 18, SIDE = 12, TALL = 5, BETWEEN = 12; // squares as in presentation/pictures/squares.py
const INKS = { 2: "var(--oj-ja)", 1: "var(--oj-delvis)", 0: "var(--oj-nej)", x: "var(--oj-riket)" };

const pen = document.createElement("canvas").getContext("2d");
const PLAIN = 400, BOLD = 650; // as the style sheet has headings and numbers
const breadth = (text, weight) => { pen.font = `${weight} 14px system-ui, sans-serif`; return pen.measureText(text).width; };
const longest = (texts, weight) => Math.max(0, ...texts.map((text) => breadth(text, weight)));
/** A text that fits in so many pixels; the table has the whole of it. What must be seen stands first in it. */
function cut(text, room, weight) {
  if (breadth(text, weight) <= room) return text;
  const kept = [...text];
  while (kept.length > 1 && breadth(`${kept.join("").trimEnd()}…`, weight) > room) kept.pop();
  return `${kept.join("").trimEnd()}…`;
}
const text = (x, y, words, kind = "", anchor = "start") =>
  svg("text", { x, y, class: `oj-dia__text ${kind}`, "text-anchor": anchor }, words);
const line = (x1, x2, y1, y2, kind) => svg("line", { x1, x2, y1, y2, class: kind });

/** Round steps that cover low to high, at most about `most` of them, and two when low is high. */
export function ticks(low, high, most = 6) {
  const rough = (high - low) / most || 1;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * size).find((n) => n >= rough));
  const first = Math.floor(low / step);
  return Array.from({ length: Math.max(2, Math.ceil(high / step) - first + 1) }, (_, i) => (first + i) * step);
}

/**
 * Rows under each other on one scale. `rows`: `{ head }`, or `{ name, number, draw }` where `draw(x, y)` gives
 * what stands on the row, `x` being a value's place. `nation` is a line through all rows. `marked`: the rows mark
 * these steps themselves, as spines do; without it the steps are round and lines go through the rows.
 */
export function rowed({ rows, low, high, marked = null, nation = null }) {
  return (width) => {
    const wide = width >= WIDE, named = rows.filter(({ name }) => name);
    const left = wide ? Math.min(longest(named.map(({ name }) => name), PLAIN) + 14, width * 0.36) : 0;
    const from = left + 10, to = width - longest(named.map(({ number }) => number), BOLD) - 18;
    const steps = marked ?? ticks(low, high, to - from < 300 ? 4 : 6);
    const [least, most] = [steps[0], steps.at(-1)];
    const x = (value) => from + ((to - from) * (value - least)) / (most - least);
    const drawn = [], seams = [], spans = []; // where paper may break; where the lines of the scale are, clear of headings
    let y = 4, top = y;
    for (const row of rows) {
      if (row.head) {
        seams.push(y);
        if (y > top) spans.push([top, y]);
        drawn.push(text(0, y + 22, cut(row.head, width, BOLD), "oj-dia__rubrik"));
        top = y += HEAD;
        continue;
      }
      if (!wide) y += ABOVE;
      const middle = y + ROW / 2;
      drawn.push(text(0, wide ? middle + 5 : y - 2, cut(row.name, wide ? left - 8 : width, PLAIN)),
        ...row.draw(x, middle), text(width, middle + 5, row.number, "oj-dia__tal", "end"));
      y += ROW;
    }
    spans.push([top, y + 4]);
    const scale = steps.flatMap((step) => [...(marked ? [] : spans.map(([a, b]) => line(x(step), x(step), a, b, "oj-dia__hjalp"))),
      text(x(step), y + 19, `${String(step).replace("-", "\u2212")}${marked && step === most ? "\u00a0%" : ""}`, "oj-dia__skala", "middle")]);
    const mean = nation === null ? [] : ["oj-rygg__ljus", "oj-rygg__riket"].map((kind) => line(x(nation), x(nation), 4, y + 4, kind));
    return [y + FLOOR, [...scale, ...drawn, ...mean], seams];
  };
}

/** Where spines are marked, as in presentation/pictures/spine.py. */
export const SPINES = { low: 0, high: 100, marked: [0, 50, 100] };
/** A unit's share between the lowest and the highest, with the nation as a line. What is null is not drawn. */
export const spine = (share, nation, low, high) => (x, y) => [
  line(x(0), x(100), y, y, "oj-rygg__axel"),
  ...SPINES.marked.map((step) => line(x(step), x(step), y - 4, y + 4, "oj-rygg__axel")),
  low === null ? null : svg("rect", { class: "oj-rygg__band", x: x(low), width: x(high) - x(low), y: y - 6, height: 12, rx: 6 }),
  ...(nation === null ? [] : ["oj-rygg__ljus", "oj-rygg__riket"].map((kind) => line(x(nation), x(nation), y - 13, y + 13, kind))),
  share === null ? null : svg("circle", { class: "oj-rygg__egen", cx: x(share), cy: y, r: 6 }),
].filter(Boolean);

/** Answers beside each other: full, hatched, outlined and dotted, as the squares. `parts`: code and number. */
export const stacked = (parts) => (x, y) => {
  let sum = 0;
  return parts.filter(([, amount]) => amount).flatMap(([code, amount]) => {
    const [a, b] = [x(sum), x((sum += amount))];
    return [svg("rect", { class: `oj-dia__del oj-dia__del--${code ?? "x"}`, x: a + 1.5, width: Math.max(0, b - a - 3), y: y - 9, height: 18 },
      svg("title", {}, `${word(code)}: ${amount}`)),
    ...(b - a > breadth(String(amount), BOLD) + 8
      ? [text((a + b) / 2, y + 5, String(amount), `oj-dia__i oj-dia__i--${code ?? "x"}`, "middle")] : [])];
  });
};

/** A bar from nothing to a value on either side of it. */
export const deviation = (value) => (x, y) => [
  line(x(0), x(0), y - 14, y + 14, "oj-rygg__riket"),
  ...(value === null ? [] : [svg("rect", { class: "oj-dia__stapel", x: Math.min(x(0), x(value)), width: Math.abs(x(value) - x(0)), y: y - 8, height: 16 })]),
];

function square(code, [x, y], title) {
  const ink = INKS[code ?? "x"];
  return [svg("rect", {
    x: x + 2, y: y + 2, width: SIDE, height: SIDE, fill: code === 2 ? ink : "none", stroke: ink, "stroke-width": 2.4,
    "stroke-linejoin": "round", ...(code === null ? { "stroke-dasharray": ".1 4", "stroke-linecap": "round" } : {}),
  }, svg("title", {}, title)),
  ...(code === 1 ? [svg("rect", { x: x + 2, y: y + 2, width: SIDE / 2, height: SIDE, fill: ink })] : [])];
}

/** The squares of one area, as a built page has them. `answers`: code and title of each. */
export const areaSquares = (answers) =>
  answers.flatMap(([code, title], i) => square(code, [STEP * Math.floor(i / TALL), STEP * (i % TALL)], title));

/** Every unit's squares, a block for each area, as many units beside each other as there is room for.
 * `units`: name, number and `areas`, lists of answers `[code, title]`. */
export function squared(units) {
  return (width) => {
    let tall = TALL;
    const wideOf = () => units[0].areas.reduce((sum, area) => sum + STEP * Math.ceil(area.length / tall) + BETWEEN, -BETWEEN);
    while (wideOf() > width) tall++;
    const cell = Math.max(wideOf(), Math.min(240, width)), gap = 40, height = STEP * tall + 52;
    const across = Math.max(1, Math.floor((width + gap) / (cell + gap)));
    const drawn = units.flatMap((unit, n) => {
      const top = Math.floor(n / across) * height;
      let left = (n % across) * (cell + gap);
      const number = breadth(unit.number, BOLD) + 14;
      return [text(left, top + 16, cut(unit.name, cell - number, BOLD), "oj-dia__rubrik"),
        text(left + cell, top + 16, unit.number, "oj-dia__tal", "end"),
        ...unit.areas.flatMap((area) => {
          const at = left;
          left += STEP * Math.ceil(area.length / tall) + BETWEEN;
          return area.flatMap(([code, title], i) =>
            square(code, [at + STEP * Math.floor(i / tall), top + 26 + STEP * (i % tall)], title));
        })];
    });
    return [Math.ceil(units.length / across) * height - 22, drawn];
  };
}

/** What the signs of a chart mean: `[kind, words]`, a kind being an answer's code, `egen`, `riket` or `band`. */
const SIGNS = {
  egen: () => svg("circle", { class: "oj-rygg__egen", cx: 9, cy: 9, r: 7 }),
  riket: () => svg("path", { class: "oj-rygg__riket", d: "M9 0v18" }),
  band: () => svg("rect", { class: "oj-rygg__band", y: 3, width: 18, height: 12, rx: 6 }),
};
const sign = (kind, words) => SIGNS[kind]?.() ?? square(kind, [1, 1], words);
const key = (signs) => el("p", { class: "oj-rygg__nyckel" }, signs.map(([kind, words]) =>
  el("span", {}, svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true", focusable: "false" }, sign(kind, words)), ` ${words}`)));

const PATTERN = () => svg("defs", {}, svg("pattern", { id: "oj-halv", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  svg("rect", { width: 6, height: 6, fill: "var(--oj-yta)" }), svg("rect", { width: 3, height: 6, fill: INKS[1] })));

const NUMBER = /^([+\u2212]?)(\d+)(\u00a0%)?(?: \((\d+)\u00a0av\u00a0(\d+)\))?$/;

/** The rows of a table with its numbers as numbers, and what they are a share of in a column of its own. */
function numbered([heads, ...rows]) {
  const columns = heads.map((head, i) => {
    const found = rows.map((row) => NUMBER.exec(row[i]));
    const values = found.map((number, n) => (number ? (number[1] === "\u2212" ? -1 : 1) * Number(number[2]) : rows[n][i]));
    const unit = found.some((number) => number?.[3]) ? ", procent" : found.some((number) => number?.[4]) ? ", procentenheter" : "";
    const whole = [[`${head}${unit}`, ...values]];
    if (found.some((number) => number?.[4])) whole.push([`${head}, ja av svaren`, ...found.map((number) => (number?.[4] ? `${number[4]} av ${number[5]}` : ""))]);
    return whole;
  }).flat();
  return columns[0].map((_, n) => columns.map((column) => column[n]));
}

const PAPER = 680; // pixels that A4 has room for

/** A chart under a sentence that states its finding, with its signs and words below. `draw(width)` gives
 * the height, what is drawn and where it may be cut when it is taller than a page; `place` is what it will stand in; `table` has its figures. A file of it says
 * `source` and the address too, and is called `name`. */
export function framed({ title, draw, signs = [], said, place, table, source, name }) {
  const surface = el("div", { class: "oj-dia__yta" });
  let drawnFor = 0;
  const show = (width, paper = false) => {
    if (!width || width === drawnFor) return;
    drawnFor = width;
    const [height, drawn, seams = []] = draw(width);
    const cuts = [0, ...(paper ? seams.slice(1) : []), height];
    surface.replaceChildren(...cuts.slice(1).map((end, i) => svg("svg", {
      class: "oj-dia", viewBox: `0 ${cuts[i]} ${width} ${end - cuts[i]}`, width, height: end - cuts[i], role: "img", "aria-label": `${title}. ${said}`,
    }, PATTERN(), drawn.map((node) => (paper ? node.cloneNode(true) : node)))));
  };
  let before = 0;
  addEventListener("beforeprint", () => { before = drawnFor; show(PAPER, true); });
  addEventListener("afterprint", () => show(before));
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  show(Math.min(place.clientWidth, MOST * rem)); // at once, so that nothing moves
  new ResizeObserver(([{ contentRect }]) => show(Math.floor(contentRect.width))).observe(surface);
  const file = async (kind) => {
    const { INNER, bitmap, sheet } = await import("./bild.js");
    const [height, drawn] = draw(INNER);
    const picture = await sheet({ title, height, drawn: [PATTERN(), drawn], signs: signs.map(([one, words]) => [sign(one, words), words]),
      below: [`${said} ${source}`, `Uppgifterna: ${address()}`] });
    give(kind === "png" ? await bitmap(picture) : new Blob([picture], { type: "image/svg+xml" }), `${name}.${kind}`);
  };
  const address = () => location.href.split("#")[0];
  const figures = () => {
    const [heads, ...rows] = numbered([...table.querySelector("table").rows].map((row) => [...row.cells].map((cell) => cell.textContent)));
    save(`${name}-siffror`, [[...heads, "diagram", "källa", "adress"], ...rows.map((row) => [...row, title, source, address()])]);
  };
  const button = (words, click) => el("li", {}, el("button", { type: "button", class: "oj-lank", click }, words));
  const figure = el("figure", { class: "oj-diagram" }, el("div", { class: "oj-figur__titel" }, title),
    signs.length ? key(signs) : null, surface, el("figcaption", {}, said),
    el("details", { class: "oj-siffror oj-hamta oj-ej-utskrift" }, el("summary", {}, "Hämta bild eller siffror", el("span", { class: "oj-dold" }, `: ${title}`)),
      el("ul", {}, button("Hämta bild (SVG)", () => file("svg")), button("Hämta bild (PNG)", () => file("png")),
        button("Hämta siffror (CSV)", figures))));
  return figure;
}
