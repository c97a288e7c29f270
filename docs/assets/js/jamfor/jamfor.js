// /jamfor/: any units beside each other. The state is in the address; the figures are our own file.
import { answersOf, nationCount, parts, yes } from "../berakna.js";
import { FOREIGN, OWN, answer, count, el, getJson, inWords, list, nationShare, ownFirst, roughly, save, short, some, symbol, word } from "../dom.js";
import { combobox } from "../valjare.js";

const root = document.getElementById("oj-jamfor");
const fixed = document.getElementById("oj-jamfor-fast"); // what the page has without scripts
const fixedMatrix = fixed.querySelector("table.oj-matris");
const FEW = 12; // units from which a reader chooses instead of seeing all, and the matrix is scrolled in a frame of its own
const VIEWS = { matris: "Alla svar", rutor: "Rutor", andelar: "Andelar", staplar: "Staplar", skillnad: "Skillnad" };
const KNOWN = ["enheter", "omraden", "indikatorer", "malgrupp", "vy", "mot", "skillnader"];

const data = await getJson(root.dataset.underlag).catch(() => null);

/** Every answer, a row for each question and a column for each unit. */
function matrix({ data, chosen, shown, all, page, toUnit }) {
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

/** Sorts the rows of the matrix by the nation's share or by one unit's answers; gives the choice, to be put beside the views. */
function sorting(table) {
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
  return el("label", {}, "Ordna raderna efter ", select);
}

/** How each view is drawn; the charts when they have been fetched. */
const drawing = { matris: matrix };
async function fetched(view) {
  if (!(view in drawing)) Object.assign(drawing, (await import("./jamfor-vyer.js")).charts);
}

/** One's own answers, after # in the address, as a unit among the others. */
async function ownUnit() {
  if (!new URLSearchParams(location.hash.slice(1)).has(OWN)) return [];
  const { unpacked } = await import("../kommun/egna-svar.js");
  const found = unpacked(data, location.hash.slice(1));
  if (!found) return [];
  const namn = ownFirst(found.name);
  return [{ id: OWN, namn, kort: namn, svar: found.svar }];
}

async function start() {
  const units = new Map([...await ownUnit(), ...data.enheter].map((unit) => [unit.id, { ...unit, koder: answersOf(unit) }]));
  const rows = data.indikatorer.map((indicator, i) => ({ ...indicator, i }));
  data.alla = data.enheter.map(({ id }) => units.get(id));
  const ownAnswers = location.hash; // kept, so that a removed unit can be added again
  const unknown = [], unused = [];
  const page = (address) => new URL(address, new URL(root.dataset.rot, location.href)).href;
  const toUnit = (unit, text, css = null) => (unit.id === OWN ? el("span", { class: css }, text)
    : el("a", { class: css, href: page(unit.sida ?? `kommuner/${unit.id}/`) }, text));
  const targets = Object.keys(data.malgrupper).filter((id) => id !== "alla" && rows.some((row) => row.malgrupp === id));
  const state = fromAddress();
  const own = () => state.enheter.includes(OWN);
  const chips = el("ul", { class: "oj-brickor" });
  const output = el("div", { class: "oj-jamfor__resultat" });
  const order = el("span");
  let fixedSorting;
  const status = el("p", { role: "status", class: "oj-verktyg__status", tabindex: "-1" });
  const saving = el("button", { type: "button", class: "oj-knapp oj-knapp--svag", click: exportCsv }, "Spara urvalet som CSV");
  const saved = el("span", { role: "status" });
  const against = el("select", { name: "mot", change: () => { state.mot = against.value; draw(); } });
  const reference = el("label", {}, "Skillnad mot ", against);

  /** What the address asks for. What it asks for in vain is put in `unknown`, in words. */
  function fromAddress() {
    const query = new URLSearchParams(location.search);
    const miss = (what, value) => unknown.push(`${what} ”${short(value)}”`);
    const ids = (name, what, known) => {
      const written = (query.get(name) ?? "").split(",").filter(Boolean), asked = [...new Set(written)];
      if (asked.length < written.length) unused.push(`samma id flera gånger i ”${name}”`);
      for (const id of asked) if (!known.has(id)) miss(what, id);
      return asked.filter((id) => known.has(id));
    };
    const one = (name, what, known, usual) => {
      const value = query.get(name) || usual;
      if (known.includes(value)) return value;
      miss(what, value);
      return usual;
    };
    for (const [name, value] of query)
      if (name === "ar" && value !== String(data.ar)) unknown.push(`år ”${short(value)}” (här visas ${data.ar})`);
      else if (name !== "ar" && !KNOWN.includes(name) && !FOREIGN.test(name)) miss("valet", name);
    for (const name of new Set(query.keys()))
      if (query.getAll(name).length > 1) unused.push(`”${short(name)}” mer än en gång (den första gäller)`);
    if (!["1", null].includes(query.get("skillnader") || null)) miss("skillnader =", query.get("skillnader"));
    if (new URLSearchParams(location.hash.slice(1)).has(OWN) && !units.has(OWN)) unknown.push("de egna svaren, som inte passar frågorna här");
    const chosen = ids("enheter", "enheten", units);
    const all = [...units.keys()];
    const shown = query.has("enheter") ? chosen : all.length <= FEW ? all : [];
    const mot = one("mot", "enheten", ["riket", ...all], "riket");
    if (mot !== "riket" && !shown.includes(mot)) unused.push(`skillnad mot ${units.get(mot).kort}, som inte är bland de valda enheterna`);
    return {
      enheter: shown,
      omraden: new Set(ids("omraden", "området", new Set(data.omraden.map(({ id }) => id)))),
      indikatorer: new Set(ids("indikatorer", "frågan", new Set(rows.map(({ id }) => id)))),
      vy: one("vy", "vyn", Object.keys(VIEWS), "matris"),
      malgrupp: one("malgrupp", "målgruppen", ["", ...targets], ""),
      mot,
      skillnader: query.get("skillnader") === "1",
    };
  }

  function toAddress() {
    const query = [];
    const all = state.enheter.length === units.size && units.size <= FEW;
    if (!all) query.push(`enheter=${state.enheter.join(",")}`);
    if (state.omraden.size) query.push(`omraden=${[...state.omraden].join(",")}`);
    if (state.indikatorer.size) query.push(`indikatorer=${[...state.indikatorer].join(",")}`);
    if (state.malgrupp) query.push(`malgrupp=${state.malgrupp}`);
    if (state.vy !== "matris") query.push(`vy=${state.vy}`);
    if (state.mot !== "riket") query.push(`mot=${state.mot}`);
    if (state.skillnader) query.push("skillnader=1");
    history.replaceState(null, "", (query.length ? `?${query.join("&")}` : location.pathname) + (own() ? ownAnswers : ""));
    for (const edition of document.querySelectorAll(".oj-utgavor a")) edition.search = query.join("&");
  }

  /** The chosen indicators: all, unless areas or single indicators are chosen. */
  function chosenRows() {
    const free = !state.omraden.size && !state.indikatorer.size;
    return rows.filter((row) => (!state.malgrupp || row.malgrupp === state.malgrupp)
      && (free || state.omraden.has(row.omrade) || state.omraden.has(row.kvalitet) || state.indikatorer.has(row.id)));
  }

  /** Those of the chosen that the matrix and the file show. Counts and shares are of all chosen. */
  const listedRows = () => chosenRows().filter((row) => !state.skillnader
    || new Set(state.enheter.map((id) => units.get(id).koder[row.i])).size > 1);

  const about = () => (state.malgrupp ? ` om ${data.malgrupper[state.malgrupp]}` : "");
  const target = () => el("label", {}, "Frågor om ", el("select", {
    name: "malgrupp", change: (event) => { state.malgrupp = event.target.value; draw(); },
  }, el("option", { value: "" }, "alla"), targets.map((id) =>
    el("option", { value: id, selected: state.malgrupp === id }, data.malgrupper[id]))));

  const viewChoice = () => el("form", { class: "oj-jamfor__vyer", autocomplete: "off", submit: (event) => event.preventDefault() },
    el("fieldset", {}, el("legend", { class: "oj-dold" }, "Visa som"),
      Object.entries(VIEWS).map(([value, text]) => el("label", {}, el("input", {
        type: "radio", name: "vy", value, checked: state.vy === value, change: (event) => turnTo(value, event.target),
      }), ` ${text}`))), reference, order);

  /** Another view, if it is still the one that is asked for when it has come. */
  async function turnTo(view, asked) {
    try {
      await fetched(view);
    } catch {
      status.textContent = "Diagrammet kunde inte hämtas. Försök igen.";
      return;
    }
    if (!asked.checked) return;
    state.vy = view;
    draw();
  }

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
    return el("form", { autocomplete: "off", submit: (event) => event.preventDefault() },
      el("fieldset", {}, el("legend", {}, "Enheter"), unitBox,
        el("div", { class: "oj-knappar" },
          units.size <= 40 ? el("button", { type: "button", class: "oj-knapp oj-knapp--svag", click: () => { state.enheter = [...units.keys()]; draw(); } }, "Alla") : null,
          el("button", { type: "button", class: "oj-knapp oj-knapp--svag", click: () => { state.enheter = []; draw(); } }, "Ta bort alla"))),
      chips,
      el("p", {}, el("strong", {}, "Områden och frågor."), " Väljer du inget visas allt."),
      data.omraden.filter((o) => o.over === null).map((quality) => el("fieldset", {},
        el("legend", {}, quality.namn),
        data.omraden.filter((o) => o.over === quality.id).map(tick))),
      indicatorBox,
      el("fieldset", {}, target()),
      el("fieldset", {}, el("label", {}, el("input", {
        type: "checkbox", name: "skillnader", checked: state.skillnader,
        change: (event) => { state.skillnader = event.target.checked; draw(); },
      }), " Bara indikatorer där svaren skiljer sig",
      el("span", { class: "oj-under" }, "gäller Alla svar och CSV-filen"))));
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
    reference.hidden = state.vy !== "skillnad";
  }

  const source = () => `Källa: ${data.kalla}. Antal och andelar är beräknade ur svaren.${
    own() ? " De egna svaren är ifyllda av den som gjorde adressen. De är inte publicerade och inte granskade." : ""}`;

  function draw() {
    drawChips();
    toAddress();
    const chosen = state.enheter.map((id) => units.get(id)), all = chosenRows();
    const shown = state.vy === "matris" ? listedRows() : all;
    saved.textContent = "";
    saving.disabled = !chosen.length || !listedRows().length;
    const few = shown.length < all.length ? ` av ${all.length}` : "";
    const notHere = state.skillnader && state.vy !== "matris" ? " Här räknas alla indikatorer i urvalet, också de där svaren är lika." : "";
    status.textContent = `${count(chosen.length, "enhet", "enheter")}, ${shown.length}${few} ${all.length === 1 ? "indikator" : "indikatorer"}${about()} visas.${notHere}`;
    output.replaceChildren();
    order.replaceChildren();
    // All answers of all units are there already, with their traces: they are shown as they stand.
    const whole = state.vy === "matris" && fixedMatrix && shown.length === rows.length
      && chosen.length === data.alla.length && chosen.every((unit, i) => unit === data.alla[i]);
    status.classList.toggle("oj-dold", whole); // what is all there is need not be said to the eye
    if (!whole) fixed.remove();
    else if (!fixed.isConnected) root.after(fixed);
    if (whole) return order.append(fixedSorting ??= sorting(fixedMatrix));
    if (!chosen.length) return output.append(el("p", {}, data.enheter[0]?.lika
      ? "Välj din kommun i rutan ovan. Den visas bredvid riket och de enheter som svarar mest likt."
      : "Välj minst en enhet i rutan ovan."));
    if (!shown.length) return output.append(el("p", {}, all.length
      ? "Enheterna svarar lika på allt i urvalet." : "Urvalet har inga indikatorer."));
    const other = state.mot === "riket" ? null : units.get(state.mot);
    output.append(...drawing[state.vy]({ data, chosen, shown, all, other, page, toUnit, byArea: state.omraden.size > 0,
      about: about(), place: root, source: source() }), el("p", { class: "oj-kalla" }, source()));
    if (state.vy === "matris") {
      output.prepend(el("p", { class: "oj-forklaring" }, [2, 1, 0, null]
        .filter((code) => chosen.some((unit) => shown.some((row) => unit.koder[row.i] === code))).map((code) => answer(code))));
      order.append(sorting(output.querySelector("table")));
    }
  }

  function exportCsv() {
    const chosen = state.enheter.map((id) => units.get(id));
    const heads = ["ar", "indikator_id", "nr", "indikator", "riket_andel_ja_procent",
      ...chosen.flatMap((unit) => [unit.id, `${unit.id}_svar`]), "kalla"];
    const source = own() ? `${data.kalla}. Kolumnen ${OWN}: egna svar, inte publicerade.` : data.kalla;
    save(`jamforelse-${data.ar}`, [heads, ...listedRows().map((row) =>
      [data.ar, row.id, row.nr, row.namn, row.riket,
        ...chosen.flatMap((unit) => [unit.koder[row.i], word(unit.koder[row.i])]), source])]);
    saved.textContent = "Urvalet är sparat som CSV. 2 = Ja, 1 = Delvis, 0 = Nej, tomt = saknas.";
  }

  /** What the address asked for in vain, and that it is left out. */
  const missed = () => {
    return unknown.length || unused.length ? el("p", { class: "oj-notis", role: "status" },
      unknown.length ? `Finns inte här och är utelämnat: ${some(unknown)}. Adressen kan vara felskriven eller gälla en annan utgåva. ` : "",
      unused.length ? `Utelämnat ur adressen: ${some(unused)}.` : "") : null;
  };

  await fetched(state.vy);
  root.append(missed() ?? "", viewChoice(),
    el("details", { class: "oj-jamfor__val", open: !state.enheter.length },
      el("summary", {}, "Välj enheter och frågor"), controls(), el("p", {}, "Urvalet står i adressen, att spara eller skicka vidare.")),
    status, output);
  fixed.after(el("p", { class: "oj-knappar" }, saving, saved));
  draw();
}

if (data) await start();
