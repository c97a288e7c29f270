// /din-kommun/: one's own answers become a profile in the browser. They are kept in this tab until it is
// closed or they are cleared, and are sent nowhere.
import { areaSquares } from "../diagram.js";
import { OWN, count, csvOf, el, getJson, list, save, short, word } from "../dom.js";
import { keep, kept, packed, unpacked } from "./egna-svar.js";

const form = document.getElementById("oj-egen");
const result = document.getElementById("oj-egen-profil");
const message = document.getElementById("oj-meddelande");
const total = document.getElementById("oj-besvarade");

const say = (text, kind = "", ...more) => {
  message.className = `oj-meddelande ${kind}`;
  message.replaceChildren(text, ...more);
};
const weakButton = (text, click) => el("button", { type: "button", class: "oj-knapp oj-knapp--svag", click }, text);

const data = await getJson(form.dataset.underlag).catch(() => null);
let safe = true; // what is filled in is also on the reader's own disk or in a link of theirs
let inTab = false; // the browser keeps the answers while the tab is open
let fetched; // what draws the profile
let leaving = false; // for another page of the site, or the same again, in this tab
if (!data) say("Uppgifterna om riket kunde inte hämtas. Ladda om sidan.", "oj-meddelande--fel");
else start();

function start() {
  begin();
  form.addEventListener("focusin", drawer, { once: true });
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  form.addEventListener("reset", (event) => { event.preventDefault(); clear(); });
  document.getElementById("oj-spara").addEventListener("click", saveAnswers);
  document.getElementById("oj-lank").addEventListener("click", makeLink);
  document.getElementById("oj-fil").addEventListener("change", open);
  // A link within the site and a reload keep the tab, and the tab keeps the answers.
  document.addEventListener("click", (event) => { leaving = staysInTab(event); });
  document.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => { leaving = key === "F5" || ((ctrlKey || metaKey) && key.toLowerCase() === "r"); });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => { if (!safe && !(leaving && inTab) && given(own().codes)) event.preventDefault(); });
}

/** Whether a click opens another page of the site in this tab. */
function staysInTab(event) {
  const link = event.target.closest("a[href]");
  if (!link || link.target || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  return link.origin === location.origin && link.pathname + link.search !== location.pathname + location.search;
}

/** Begins with the answers of the address, those that this tab has kept, or the municipality asked for. */
async function begin() {
  const linked = location.hash.slice(1), carried = unpacked(data, linked), before = kept(data);
  const asksInVain = !carried && new URLSearchParams(linked).has(OWN);
  const asked = new URLSearchParams(location.search).get("kommun");
  if (carried || asksInVain) history.replaceState(null, "", location.pathname + location.search);
  if (carried) {
    put({ ...carried, name: carried.name || (!asked && before?.name) || "" }); // one municipality's answers never get another's name
    safe = !asked; // the page of a municipality gives a link that the reader has not seen
    const group = new URLSearchParams(linked).get("grupp");
    replaced(`${count(given(carried.codes), "svar", "svar")} är ifyllda. Fortsätt med resten.${
      group && !carried.group ? ` Befolkningsgruppen ”${short(group)}” i adressen finns inte.` : ""}`, before);
  } else if (before) {
    put(before);
    safe = false;
    await show(false);
    say(`${count(given(before.codes), "svar är", "svar är")} kvar sedan du sist var här i den här fliken. `, "", weakButton("Ta bort dem", clear));
  }
  if (asksInVain) say("Svaren i adressen passar inte frågorna här och är utelämnade. ", "oj-meddelande--fel", before ? "De som fanns i fliken är kvar." : "");
  if (asked) preselect(asked);
  progress();
}

async function preselect(id) {
  const choices = await getJson(form.dataset.val).catch(() => []);
  const found = choices.find(([, address]) => address === `kommuner/${id}/`);
  if (!found && choices.length) say(`Kommunen ”${short(id)}” i adressen finns inte i listan över kommuner. Skriv namnet i rutan.`, "oj-meddelande--fel");
  if (found && !form.elements.namn.value) form.elements.namn.value = found[0];
}

/** What draws the profile: fetched when somebody begins to fill in the form. */
function drawer() {
  fetched ??= import("./egen-profil.js").catch(() => { fetched = undefined; return null; });
  return fetched;
}

function given(codes) {
  return codes.filter((code) => code !== null).length;
}

/** What the form says: an answer or null for each question, name and population group. */
function own() {
  const codes = data.indikatorer.map(({ id }) => form.elements[id].value).map((value) => (value === "" ? null : Number(value)));
  return { codes, name: form.elements.namn.value.trim(), group: form.elements.grupp.value };
}

/** Fills in the form. */
function put({ codes, name, group }) {
  data.indikatorer.forEach(({ id }, i) => {
    for (const box of form.elements[id]) box.checked = box.value === String(codes[i] ?? "");
  });
  form.elements.namn.value = name;
  form.elements.grupp.value = group;
  progress();
}

function changed() {
  safe = false;
  progress();
  if (result.hidden) return;
  if (given(own().codes)) show(false); // the profile follows the answers
  else result.hidden = true;
}

/** Says that other answers now stand in the form, with a way back to those that stood there. */
function replaced(text, before) {
  say(`${text} `, "", ...(before && given(before.codes) ? [weakButton("Ta tillbaka de tidigare svaren", () => {
    put(before);
    safe = false;
    say("De tidigare svaren är tillbaka.");
  })] : []));
}

function clear() {
  const before = own();
  put({ codes: data.indikatorer.map(() => null), name: "", group: "" });
  result.hidden = true;
  safe = true;
  replaced("Svaren är borttagna, också ur den här fliken.", before);
}

/** Says how many questions are answered, in all and per area, and keeps them in this tab. */
function progress() {
  const { codes, ...rest } = own();
  const left = [];
  for (const node of form.querySelectorAll("#oj-egen-rutor > li")) {
    const mine = data.indikatorer.flatMap(({ kvalitet, kort }, i) => (kvalitet === node.dataset.omrade ? [[codes[i], `${kort}: ${word(codes[i])}`]] : []));
    node.querySelector("svg").replaceChildren(...areaSquares(mine));
    node.firstElementChild.textContent = `${given(mine.map(([code]) => code))} av ${mine.length}`;
  }
  for (const node of form.querySelectorAll(".oj-fragor__antal")) {
    const mine = codes.filter((_, i) => data.indikatorer[i].kvalitet === node.dataset.omrade);
    node.textContent = `${given(mine)} av ${mine.length} besvarade`;
    const bar = node.parentElement.querySelector("progress");
    [bar.max, bar.value] = [mine.length, given(mine)];
    if (given(mine) < mine.length) left.push(`${node.dataset.namn} ${mine.length - given(mine)}`);
  }
  total.textContent = `${given(codes)} av ${codes.length} frågor är besvarade.${left.length && given(codes) ? ` Kvar: ${list(left)}.` : ""}`;
  inTab = keep(given(codes) ? packed(data, { codes, ...rest }) : "");
}

function saveAnswers() {
  const { codes, name } = own();
  const rows = data.indikatorer.map((indicator, i) => [
    indicator.id, indicator.nr, indicator.namn, codes[i], codes[i] === null ? "" : word(codes[i]),
  ]);
  save(`egna-svar-${name || "min-kommun"}`, [["indikator_id", "nr", "indikator", "svar_kod", "svar"], ...rows]);
  safe = true;
  say("Svaren är sparade som CSV på din dator.");
}

/** A link that carries the answers: made only now that it is asked for. */
function makeLink() {
  if (!given(own().codes)) return say("Fyll i minst ett svar först.", "oj-meddelande--fel");
  const address = `${location.origin}${location.pathname}#${packed(data, own())}`;
  const box = el("input", { readonly: true, value: address, "aria-label": "Länk med svaren", focus: () => box.select() });
  safe = true;
  say("Den som får länken ser svaren. De står efter tecknet #, som ingen server får, och kallas alltid egna svar. ", "",
    box, navigator.clipboard ? weakButton("Kopiera länken", async ({ target }) => {
      target.textContent = await navigator.clipboard.writeText(address)
        .then(() => "Länken är kopierad", () => "Gick inte: markera länken och kopiera den själv");
    }) : "");
  box.focus();
}

async function open(event) {
  const file = event.target.files[0];
  if (!file) return;
  event.target.value = "";
  const { codes, problems } = read(await csvOf(file));
  if (problems.length) {
    say(`${file.name} kunde inte användas. ${problems.slice(0, 3).join(" ")}` +
        (problems.length > 3 ? ` Och ${problems.length - 3} fel till.` : "") +
        " Inget svar är ändrat.", "oj-meddelande--fel");
    return;
  }
  const before = own();
  put({ ...before, codes: data.indikatorer.map(({ id }, i) => (!codes.has(id) ? before.codes[i] : codes.get(id) === "" ? null : Number(codes.get(id)))) });
  const filled = [...codes.values()].filter((code) => code !== "").length;
  await show(false);
  replaced(`${count(filled, "svar", "svar")} lästa ur ${file.name}.`, before);
}

/** The codes per indicator in the rows of a file, or what is wrong with them. */
function read(rows) {
  const problems = [], codes = new Map();
  const heads = (rows[0] ?? []).map((head) => head.trim());
  const [at, code] = ["indikator_id", "svar_kod"].map((name) => heads.indexOf(name));
  if (at < 0 || code < 0) {
    return { codes, problems: ["Första raden ska ha kolumnerna indikator_id och svar_kod, som i en fil som sparats här."] };
  }
  const known = new Set(data.indikatorer.map(({ id }) => id));
  rows.slice(1).forEach((row, i) => {
    const id = (row[at] ?? "").trim(), line = i + 2;
    const value = (row[code] ?? "").trim().replace(/^([012])[.,]0+$/, "$1"); // as spreadsheets write whole numbers
    if (!known.has(id)) problems.push(`Rad ${line}: indikatorn ”${id}” finns inte i enkäten.`);
    else if (codes.has(id)) problems.push(`Rad ${line}: ”${id}” står två gånger.`);
    else if (!["", "0", "1", "2"].includes(value)) {
      problems.push(`Rad ${line}, ${id}: ”${value}” är inget svar. Skriv 2 (Ja), 1 (Delvis), 0 (Nej) eller lämna tomt.`);
    } else codes.set(id, value);
  });
  if (!problems.length && !codes.size) problems.push("Filen har inga svar.");
  return { codes, problems };
}

async function show(move = true) {
  if (!given(own().codes)) {
    result.hidden = true;
    return say("Fyll i minst ett svar först.", "oj-meddelande--fel");
  }
  progress();
  const made = await drawer();
  if (!made) return say("Profilen kunde inte hämtas. Svaren är kvar: pröva igen om en stund.", "oj-meddelande--fel");
  result.replaceChildren(...made.sections(data, own()));
  result.hidden = false;
  if (move) {
    const title = result.querySelector("h2");
    title.focus({ preventScroll: true });
    title.scrollIntoView();
  }
}
