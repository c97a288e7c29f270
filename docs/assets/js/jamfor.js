// /jamfor/: any units beside each other. The state is in the address; the figures are our own file.
import { answersOf, nationCount, nationMean, share } from "./berakna.js";
import { OWN, count, el, getJson, inWords, list, nationShare, number, ownName, percent, save, symbol, table, word } from "./dom.js";
import { sortableMatrix } from "./tabeller.js";
import { combobox } from "./valjare.js";

const root = document.getElementById("oj-jamfor");
const fixed = document.getElementById("oj-jamfor-fast");
const FEW = 12;
const IN_CHART = 6;
// Patterns tell the bars apart where colours do not: in grey, on paper, for the colour-blind.
const HOLLOW = "hollow"; // as the symbols: filled, half, empty
const ANSWER_PATTERNS = { 2: "", 1: "/", 0: HOLLOW };
const SERIES_PATTERNS = ["", "/", "x", ".", "-", "|"];

const data = await getJson(root.dataset.underlag).catch(() => null);

/** One's own answers, after # in the address, where no server sees them: year, a sign per answer. */
function ownUnit() {
  const part = new URLSearchParams(location.hash.slice(1));
  const [ar, codes = ""] = (part.get(OWN) ?? "").split(".");
  if (ar !== String(data.ar) || !/^[012-]+$/.test(codes) || codes.length !== data.indikatorer.length) return [];
  const namn = ownName(part.get("namn") ?? "");
  return [{ id: OWN, namn, kort: namn, svar: codes }];
}

function start() {
  const units = new Map([...ownUnit(), ...data.enheter].map((unit) => [unit.id, { ...unit, koder: answersOf(unit) }]));
  const rows = data.indikatorer.map((indicator, i) => ({ ...indicator, i }));
  const ownAnswers = location.hash; // kept, so that a removed unit can be added again
  const state = fromAddress();
  const page = (address) => new URL(address, new URL(root.dataset.rot, location.href)).href;
  const chips = el("ul", { class: "oj-brickor" });
  const output = el("div", { class: "oj-jamfor__resultat" });
  const status = el("p", { role: "status", class: "oj-verktyg__status" });
  const against = el("select", { name: "mot", change: () => { state.mot = against.value; draw(); } });

  function fromAddress() {
    const query = new URLSearchParams(location.search);
    const ids = (name, known) => (query.get(name) ?? "").split(",").filter((id) => known.has(id));
    const chosen = ids("enheter", units);
    const all = [...units.keys()];
    return {
      enheter: query.has("enheter") ? [...new Set(chosen)] : all.length <= FEW ? all : [],
      omraden: new Set(ids("omraden", new Set(data.omraden.map(({ id }) => id)))),
      indikatorer: new Set(ids("indikatorer", new Set(rows.map(({ id }) => id)))),
      vy: ["staplar", "skillnad"].find((vy) => vy === query.get("vy")) ?? "matris",
      mot: units.has(query.get("mot")) ? query.get("mot") : "riket",
      skillnader: query.get("skillnader") === "1",
    };
  }

  function toAddress() {
    const query = [];
    const all = state.enheter.length === units.size && units.size <= FEW;
    if (!all) query.push(`enheter=${state.enheter.join(",")}`);
    if (state.omraden.size) query.push(`omraden=${[...state.omraden].join(",")}`);
    if (state.indikatorer.size) query.push(`indikatorer=${[...state.indikatorer].join(",")}`);
    if (state.vy !== "matris") query.push(`vy=${state.vy}`);
    if (state.mot !== "riket") query.push(`mot=${state.mot}`);
    if (state.skillnader) query.push("skillnader=1");
    history.replaceState(null, "", (query.length ? `?${query.join("&")}` : location.pathname) + (own() ? ownAnswers : ""));
    for (const edition of document.querySelectorAll(".oj-utgavor a")) edition.search = query.join("&");
  }

  /** The chosen indicators: all, unless areas or single indicators are chosen. */
  function chosenRows() {
    const free = !state.omraden.size && !state.indikatorer.size;
    return rows.filter((row) => free || state.omraden.has(row.omrade)
      || state.omraden.has(row.kvalitet) || state.indikatorer.has(row.id));
  }

  /** Those of the chosen that the matrix and the file show. Counts and shares are of all chosen. */
  const listedRows = () => chosenRows().filter((row) => !state.skillnader
    || new Set(state.enheter.map((id) => units.get(id).koder[row.i])).size > 1);

  function controls() {
    const unitBox = el("div", { class: "oj-sok" });
    combobox(unitBox, {
      label: "Lägg till enhet", load: async () => [...units.values()].map((unit) => ({ text: unit.namn, id: unit.id })),
      choose: ({ id }) => add(id),
    });
    const indicatorBox = el("div", { class: "oj-sok" });
    combobox(indicatorBox, {
      label: "Lägg till indikator", load: async () => rows.map((row) => ({ text: row.namn, id: row.id })),
      choose: ({ id }) => { state.indikatorer.add(id); draw(); },
    });
    const tick = (omrade) => el("label", {}, el("input", {
      type: "checkbox", value: omrade.id, checked: state.omraden.has(omrade.id), name: "omrade",
      change: (event) => { state.omraden[event.target.checked ? "add" : "delete"](omrade.id); draw(); },
    }), ` ${omrade.namn}`);
    const views = [["matris", "Matris"], ["staplar", "Staplar"], ["skillnad", "Skillnad"]];
    return el("form", { class: "oj-jamfor__val", autocomplete: "off", submit: (event) => event.preventDefault() },
      el("fieldset", {}, el("legend", {}, "Enheter"), unitBox,
        el("div", { class: "oj-knappar" },
          units.size <= 40 ? el("button", { type: "button", class: "oj-knapp oj-knapp--svag", click: () => { state.enheter = [...units.keys()]; draw(); } }, "Alla") : null,
          el("button", { type: "button", class: "oj-knapp oj-knapp--svag", click: () => { state.enheter = []; draw(); } }, "Ta bort alla"))),
      el("details", { open: state.omraden.size > 0 || state.indikatorer.size > 0 },
        el("summary", {}, "Områden och indikatorer"),
        el("p", {}, "Väljer du inget visas allt."),
        data.omraden.filter((o) => o.over === null).map((quality) => el("fieldset", {},
          el("legend", {}, quality.namn),
          data.omraden.filter((o) => o.over === quality.id).map(tick))),
        indicatorBox),
      el("fieldset", {}, el("legend", {}, "Visa som"),
        views.map(([value, text]) => el("label", {}, el("input", {
          type: "radio", name: "vy", value, checked: state.vy === value,
          change: () => { state.vy = value; draw(); },
        }), ` ${text}`)),
        el("label", {}, "Skillnad mot ", against),
        el("label", {}, el("input", {
          type: "checkbox", name: "skillnader", checked: state.skillnader,
          change: (event) => { state.skillnader = event.target.checked; draw(); },
        }), " Bara indikatorer där svaren skiljer sig",
          el("span", { class: "oj-under" }, "gäller matrisen och CSV-filen"))),
      el("p", { class: "oj-knappar" }, el("button", { type: "button", class: "oj-knapp oj-knapp--svag", click: exportCsv }, "Spara urvalet som CSV")));
  }

  /** One more unit. The first one of a large edition gets those that answer most like it beside it. */
  function add(id) {
    const alike = state.enheter.length ? [] : (units.get(id).lika ?? []).map((i) => data.enheter[i].id);
    if (!state.enheter.includes(id)) state.enheter.push(id, ...alike);
    draw();
    if (alike.length) status.append(` ${alike.length === 1 ? "Den som svarar" : `De ${inWords(alike.length)} som svarar`} mest likt ${units.get(id).kort} visas bredvid. Ta bort dem du inte vill jämföra med.`);
  }

  function drawChips() {
    const chip = (text, remove) => el("li", {}, el("button", {
      type: "button", class: "oj-bricka", "aria-label": `Ta bort ${text}`,
      click: () => { remove(); draw(); status.focus(); },
    }, text, el("span", { "aria-hidden": "true" }, " ×")));
    chips.replaceChildren(
      ...state.enheter.map((id) => chip(units.get(id).kort, () => { state.enheter = state.enheter.filter((other) => other !== id); })),
      ...[...state.indikatorer].map((id) => chip(rows.find((row) => row.id === id).kort, () => state.indikatorer.delete(id))));
    against.replaceChildren(
      el("option", { value: "riket" }, "riket"),
      ...state.enheter.map((id) => el("option", { value: id }, units.get(id).kort)));
    if (state.mot !== "riket" && !state.enheter.includes(state.mot)) state.mot = "riket";
    against.value = state.mot;
  }

  function draw() {
    drawChips();
    toAddress();
    const chosen = state.enheter.map((id) => units.get(id)), all = chosenRows();
    const shown = state.vy === "matris" ? listedRows() : all;
    const few = shown.length < all.length ? ` av ${all.length}` : "";
    const notHere = state.skillnader && state.vy !== "matris" ? " Här räknas alla indikatorer i urvalet, också de där svaren är lika." : "";
    status.textContent = `${count(chosen.length, "enhet", "enheter")}, ${shown.length}${few} ${all.length === 1 ? "indikator" : "indikatorer"} visas.${notHere}`;
    output.replaceChildren();
    if (!chosen.length) return output.append(el("p", {}, data.enheter[0]?.lika
      ? "Välj din kommun i rutan ovan. Den visas bredvid riket och de enheter som svarar mest likt."
      : "Välj minst en enhet i rutan ovan."));
    if (!shown.length) return output.append(el("p", {}, all.length
      ? "Enheterna svarar lika på allt i urvalet." : "Urvalet har inga indikatorer."));
    output.append(...{ matris: matrix, staplar: bars, skillnad: difference }[state.vy](chosen, shown));
    if (state.vy === "matris") sortableMatrix(output.querySelector("table"));
  }

  function matrix(chosen, shown) {
    const head = el("tr", { role: "row" },
      el("th", { scope: "col", role: "columnheader", class: "oj-matris__etikett" }, "Indikator"),
      el("th", { scope: "col", role: "columnheader", class: "oj-matris__riket" }, el("span", { class: "oj-lodrat" }, "Riket, andel ja")),
      chosen.map((unit) => el("th", { scope: "col", role: "columnheader" },
        toUnit(unit, unit.kort, "oj-lodrat"))));
    const bodies = data.omraden.filter((o) => o.over === null).map((quality) => {
      const mine = shown.filter((row) => row.kvalitet === quality.id);
      return mine.length ? el("tbody", { role: "rowgroup" },
        el("tr", { class: "oj-matris__omrade", role: "row" },
          el("th", { scope: "rowgroup", role: "rowheader", colspan: chosen.length + 2 }, quality.namn)),
        mine.map((row) => el("tr", { role: "row", "data-nr": row.nr, "data-riket": row.riket },
          el("th", { scope: "row", role: "rowheader", class: "oj-matris__etikett" }, el("a", { href: page(row.sida ?? `indikatorer/${row.id}/`) }, row.namn)),
          el("td", { role: "cell", class: "tal" }, nationShare(row.riket)),
          chosen.map((unit) => el("td", { role: "cell", "data-svar": unit.koder[row.i] ?? "x" }, symbol(unit.koder[row.i]),
            el("span", { class: "oj-dold" }, word(unit.koder[row.i]))))))) : null;
    });
    const all = chosenRows();
    const foot = el("tfoot", { role: "rowgroup" }, el("tr", { role: "row" },
      el("th", { scope: "row", role: "rowheader", class: "oj-matris__etikett" },
        `Antal ja av ${all.length}${shown.length < all.length ? " i hela urvalet" : ""}`),
      el("td", { role: "cell", class: "tal" }, average(all) ?? "saknas"),
      chosen.map((unit) => el("td", { role: "cell", class: "tal" }, String(yes(unit, all))))));
    return [el("div", { class: `oj-rulla ${chosen.length > FEW ? "oj-hog" : "oj-matris-ram"}`, role: "region", "aria-label": "Jämförelsen", tabindex: "0" },
      el("table", { class: "oj-matris", role: "table", style: `--oj-enheter: ${chosen.length}` },
        el("caption", {}, `Svar per indikator ${data.ar}. Enhetens namn leder till profilen, där det vid varje svar står var det är tryckt.`),
        el("thead", { role: "rowgroup" }, head), bodies, foot)), source()];
  }

  const toUnit = (unit, text, css = null) => unit.id === OWN ? el("span", { class: css }, text)
    : el("a", { class: css, href: page(unit.sida ?? `kommuner/${unit.id}/`) }, text);
  const average = (shown) => {
    const ja = nationCount(shown);
    return ja === null ? null : `cirka ${number(ja)}`;
  };
  const yes = (unit, shown) => shown.filter((row) => unit.koder[row.i] === 2).length;
  const own = () => state.enheter.includes(OWN);
  const source = () => el("p", { class: "oj-kalla" }, `Källa: ${data.kalla}. Antal och andelar är beräknade ur svaren.`,
    own() ? " De egna svaren är ifyllda av den som gjorde adressen. De är inte publicerade och inte granskade." : "");

  /** A share with what it is a share of. */
  const base = (codes) => `${codes.filter((code) => code === 2).length} av ${codes.filter((code) => code !== null).length}`;
  const withBase = (codes) => share(codes) === null ? "–" : `${percent(share(codes))} (${base(codes)})`;

  function bars(chosen, shown) {
    const sorted = [...chosen].sort((a, b) => yes(b, shown) - yes(a, shown));
    const most = yes(sorted[0], shown);
    const top = sorted.filter((unit) => yes(unit, shown) === most).map((unit) => unit.kort);
    const title = chosen.length === 1 || top.length > 3 ? `Antal svar av ${shown.length}`
      : `Flest ja-svar har ${list(top)}: ${most} av ${shown.length}`;
    const amount = (unit, code) => shown.filter((row) => unit.koder[row.i] === code).length;
    const colours = { 2: colour("--oj-ja"), 1: colour("--oj-delvis"), 0: colour("--oj-nej") };
    const names = sorted.map((unit) => plain(unit.kort)).reverse();
    const nation = nationCount(shown);
    const traces = [2, 1, 0].map((code) => {
      const values = sorted.map((unit) => amount(unit, code)).reverse();
      return { type: "bar", orientation: "h", y: names, x: values, name: word(code),
               marker: patterned(colours[code], ANSWER_PATTERNS[code]), text: values.map((v) => v || ""), textposition: "inside", textangle: 0,
               insidetextfont: { color: colour(ANSWER_PATTERNS[code] ? "--md-default-fg-color" : "--oj-yta"), weight: "bold" } };
    });
    const layout = {
      barmode: "stack", height: 130 + 30 * names.length, xaxis: { title: { text: "Antal svar" }, gridcolor: colour("--oj-linje"), range: [0, shown.length], fixedrange: true },
      yaxis: { type: "category", automargin: true, fixedrange: true }, legend: { orientation: "h", y: 1.02, yanchor: "bottom", traceorder: "normal" },
      shapes: nation === null ? [] : [[5, colour("--oj-yta"), "solid"], [2, colour("--oj-riket"), "dot"]].map(([width, ink, dash]) =>
        ({ type: "line", x0: nation, x1: nation, yref: "paper", y0: 0, y1: 1, line: { color: ink, width, dash } })),
    };
    return [chart(title, nation === null
      ? "Rikets genomsnitt går inte att räkna ut: andelen är inte känd för alla indikatorer i urvalet."
      : `Den prickade linjen är rikets genomsnittliga antal ja-svar, ${average(shown)} av ${shown.length}.`, traces, layout),
      table("Antal svar per enhet", [{ title: "Enhet" }, ...["Ja", "Delvis", "Nej", "Saknas"].map((t) => ({ title: t, number: true })), { title: "Andel ja av svaren", number: true }],
        sorted.map((unit) => [toUnit(unit, unit.namn),
          ...[2, 1, 0, null].map((code) => String(amount(unit, code))),
          withBase(shown.map((row) => unit.koder[row.i]))])),
      source()];
  }

  const signed = (value) => value === null ? "–" : `${value > 0 && number(value) !== "0" ? "+" : ""}${number(value)}`;

  /** Each unit against the nation or a unit, area by area, on the indicators that both have. */
  function difference(chosen, shown) {
    const other = state.mot === "riket" ? null : units.get(state.mot);
    const others = chosen.filter((unit) => unit !== other);
    const name = other ? other.kort : "riket";
    if (!others.length) return [el("p", {}, `Välj minst en enhet till att jämföra med ${name}.`)];
    const levels = data.omraden.filter((o) => (o.over === null) === !state.omraden.size
      && shown.some((row) => row.kvalitet === o.id || row.omrade === o.id));
    const codesOf = (unit, part) => part.map((row) => unit.koder[row.i]);
    const figures = levels.map((omrade) => {
      const mine = shown.filter((row) => row.kvalitet === omrade.id || row.omrade === omrade.id);
      const compared = others.map((unit) => {
        const both = mine.filter((row) => unit.koder[row.i] !== null && (!other || other.koder[row.i] !== null));
        const own = share(codesOf(unit, both));
        const reference = other ? share(codesOf(other, both)) : nationMean(both);
        return { value: own === null || reference === null ? null : own - reference, codes: codesOf(unit, both) };
      });
      return { omrade, reference: other ? withBase(codesOf(other, mine)) : nationShare(nationMean(mine)),
               values: compared.map(({ value }) => value),
               cells: compared.map(({ value, codes }) => value === null ? "–" : `${signed(value)} (${base(codes)})`) };
    });
    if (!other && figures.every((f) => f.values.every((value) => value === null))) return [el("p", {},
      "Rikets andelar saknas, så skillnaden mot riket går inte att räkna ut. Välj en enhet att jämföra med.")];
    const charted = others.slice(0, IN_CHART);
    // Plotly draws the first series at the bottom: turned round, so that the first stands on top.
    const traces = charted.map((unit, i) => ({
      type: "bar", orientation: "h", name: plain(unit.kort), y: figures.map((f) => plain(f.omrade.namn)).reverse(),
      x: figures.map((f) => f.values[i]).reverse(), text: figures.map((f) => signed(f.values[i])).reverse(),
      textposition: "outside", cliponaxis: false,
      marker: patterned(colour(`--oj-serie${i + 1}`), SERIES_PATTERNS[i]),
    })).reverse();
    const layout = { barmode: "group", height: 140 + figures.length * (24 + 20 * charted.length),
      xaxis: { title: { text: "Procentenheter" }, gridcolor: colour("--oj-linje"), zeroline: true, zerolinewidth: 2, zerolinecolor: colour("--oj-riket"), fixedrange: true },
      yaxis: { automargin: true, fixedrange: true }, legend: { orientation: "h", y: 1.02, yanchor: "bottom", traceorder: "reversed" } };
    const more = others.length > charted.length ? ` Diagrammet visar de ${charted.length} första enheterna; tabellen visar alla.` : "";
    const partial = [...others, other].some((unit) => unit && codesOf(unit, shown).includes(null))
      ? " Varje skillnad gäller de frågor som båda har svar på." : "";
    const title = others.length === 1 ? `Andelen ja-svar i ${others[0].kort} jämfört med ${name}`
      : `Andelen ja-svar jämfört med ${name}`;
    return [chart(title, `Staplar till höger om noll: större andel ja-svar än ${name}.${partial}${more}`, traces, layout),
      table(`Skillnad i andel ja-svar mot ${name}, procentenheter. Inom parentes enhetens ja-svar av de svar som jämförs.`,
        [{ title: "Område" }, { title: other ? `${name}, andel ja` : "Riket, andel ja", number: true }, ...others.map((unit) => ({ title: unit.kort, number: true }))],
        figures.map((f) => [f.omrade.namn, f.reference, ...f.cells])),
      source()];
  }

  function exportCsv() {
    const chosen = state.enheter.map((id) => units.get(id));
    const heads = ["ar", "indikator_id", "nr", "indikator", "riket_andel_ja_procent",
      ...chosen.flatMap((unit) => [unit.id, `${unit.id}_svar`]), "kalla"];
    const source = own() ? `${data.kalla}. Kolumnen ${OWN}: egna svar, inte publicerade.` : data.kalla;
    save(`jamforelse-${data.ar}`, [heads, ...listedRows().map((row) =>
      [data.ar, row.id, row.nr, row.namn, row.riket,
        ...chosen.flatMap((unit) => [unit.koder[row.i], word(unit.koder[row.i])]), source])]);
    status.textContent = "Urvalet är sparat som CSV. 2 = Ja, 1 = Delvis, 0 = Nej, tomt = saknas.";
  }

  const symbols = fixed.querySelector(".oj-symboler");
  if (symbols) root.before(symbols);
  status.tabIndex = -1;
  root.append(controls(), chips, status, output);
  root.hidden = false;
  fixed.hidden = true;
  draw();
}

const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim()
  || getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const patterned = (ink, shape) => ({
  color: shape === HOLLOW ? colour("--oj-yta") : ink, line: { color: ink, width: 1.5 },
  ...(shape === HOLLOW ? {} : { pattern: { shape, fgcolor: ink, bgcolor: colour("--oj-yta"), size: 7, solidity: 0.22 } }) });

/** A text as Plotly shows it word for word: it reads some tags, links among them. */
const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

let library;
const plotly = () => (library ??= new Promise((resolve, reject) => {
  document.head.append(el("script", { src: root.dataset.plotly, load: () => resolve(window.Plotly), error: reject }));
}));

/** A chart under a title that states its finding; the table beside it says the same. */
function chart(title, description, traces, layout) {
  const surface = el("div", { class: "oj-jamfor__diagram", role: "img", style: `min-height: ${layout.height}px`,
    "aria-label": `${title}. ${description}` });
  const ink = getComputedStyle(document.body).color;
  plotly().then((Plotly) => Plotly.newPlot(surface, traces, {
    ...layout, autosize: true, margin: { l: 10, r: 30, t: 10, b: 40 }, paper_bgcolor: "transparent",
    plot_bgcolor: "transparent", font: { family: "system-ui, sans-serif", color: ink },
  }, { responsive: true, displayModeBar: false })).catch(() => {
    surface.textContent = "Diagrammet kunde inte ritas. Siffrorna står i tabellen.";
  });
  return el("figure", { class: "oj-diagram" }, el("div", { class: "oj-figur__titel" }, title), surface,
    el("figcaption", {}, description));
}

if (data) start();
