// /din-kommun/: one's own answers become a profile in the browser. Nothing is sent or stored.
import { foremost, nationCount, profile } from "./berakna.js";
import { OWN, answer, count, el, csvOf, getJson, inWords, list, nationShare, number, ownName, percent, rounded,
         save, table, word } from "./dom.js";

const form = document.getElementById("oj-egen");
const result = document.getElementById("oj-egen-profil");
const message = document.getElementById("oj-meddelande");
const root = form.dataset.rot;
const SHOWN = Number(form.dataset.styrkor), NAMES = Number(form.dataset.namn);

const say = (text, kind = "") => {
  message.className = `oj-meddelande ${kind}`;
  message.textContent = text;
};
const page = (address) => new URL(address, new URL(root, location.href)).href;
const link = (address, text) => el("a", { href: page(address) }, text);
const unitLink = (unit) => link(`kommuner/${unit.id}/`, unit.kort);
const peersName = ({ peers }) => peers.length === 1 ? peers[0].kort : "Samma grupp";
const joined = (nodes) => nodes.flatMap((node, i) =>
  i === 0 ? [node] : [i === nodes.length - 1 ? " och " : ", ", node]);

const data = await getJson(form.dataset.underlag).catch(() => null);
if (!data) say("Uppgifterna om riket kunde inte hämtas. Ladda om sidan.", "oj-meddelande--fel");
else start();

function start() {
  const own = new URLSearchParams(location.search).get("kommun");
  if (own) preselect(own);
  carriedAlong();
  form.addEventListener("change", (event) => { if (event.target.type === "radio") progress(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  form.addEventListener("reset", () => setTimeout(() => {
    result.hidden = true;
    say("Svaren är borttagna.");
    progress();
  }));
  document.getElementById("oj-spara").addEventListener("click", saveAnswers);
  document.getElementById("oj-fil").addEventListener("change", open);
  progress();
}

/** Answers that came along in the address, from a page where they were begun. */
function carriedAlong() {
  const [, year, codes] = /^(\d{4})\.([012-]+)$/.exec(new URLSearchParams(location.hash.slice(1)).get(OWN) ?? "") ?? [];
  if (Number(year) !== data.ar || codes.length !== data.indikatorer.length) return;
  data.indikatorer.forEach(({ id }, i) => { if (codes[i] !== "-") form.elements[id].value = codes[i]; });
  history.replaceState(null, "", location.pathname + location.search);
  say(`${count(codes.replaceAll("-", "").length, "svar", "svar")} är ifyllda. Fortsätt med resten.`);
}

async function preselect(id) {
  const choices = await getJson(form.dataset.val).catch(() => []);
  const found = choices.find(([, address]) => address === `kommuner/${id}/`);
  if (found && !form.elements.namn.value) form.elements.namn.value = found[0];
}

function answers() {
  return data.indikatorer.map(({ id }) => {
    const value = form.elements[id].value;
    return value === "" ? null : Number(value);
  });
}

/** Says how many questions are answered, in all and per area. */
function progress() {
  const codes = answers();
  for (const node of form.querySelectorAll(".oj-fragor__antal")) {
    const mine = data.indikatorer.map((indicator, i) => [indicator, codes[i]])
      .filter(([indicator]) => indicator.kvalitet === node.dataset.omrade);
    const done = mine.filter(([, code]) => code !== null).length;
    node.textContent = `${done} av ${mine.length} besvarade`;
  }
}

function saveAnswers() {
  const codes = answers();
  const rows = data.indikatorer.map((indicator, i) => [
    indicator.id, indicator.nr, indicator.namn, codes[i], codes[i] === null ? "" : word(codes[i]),
  ]);
  save(`egna-svar-${form.elements.namn.value.trim() || "min-kommun"}`,
       [["indikator_id", "nr", "indikator", "svar_kod", "svar"], ...rows]);
  say("Svaren är sparade som CSV på din dator.");
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
  for (const [id, code] of codes) form.elements[id].value = code;
  progress();
  const filled = [...codes.values()].filter((code) => code !== "").length;
  say(`${count(filled, "svar", "svar")} lästa ur ${file.name}.`);
  show(false);
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
    const id = (row[at] ?? "").trim(), value = (row[code] ?? "").trim(), line = i + 2;
    if (!known.has(id)) problems.push(`Rad ${line}: indikatorn ”${id}” finns inte i enkäten.`);
    else if (codes.has(id)) problems.push(`Rad ${line}: ”${id}” står två gånger.`);
    else if (!["", "0", "1", "2"].includes(value)) {
      problems.push(`Rad ${line}, ${id}: ”${value}” är inget svar. Skriv 2 (Ja), 1 (Delvis), 0 (Nej) eller lämna tomt.`);
    } else codes.set(id, value);
  });
  if (!problems.length && !codes.size) problems.push("Filen har inga svar.");
  return { codes, problems };
}

function show(move = true) {
  const codes = answers();
  if (codes.every((code) => code === null)) {
    result.hidden = true;
    return say("Fyll i minst ett svar först.", "oj-meddelande--fel");
  }
  const name = form.elements.namn.value.trim();
  const group = form.elements.grupp.value === "" ? null : Number(form.elements.grupp.value);
  const p = profile(data, codes, { group, self: name });
  result.replaceChildren(...sections(p, name, group));
  result.hidden = false;
  if (move) {
    const title = result.querySelector("h2");
    title.focus({ preventScroll: true });
    title.scrollIntoView();
  }
}

/** Who has what is lacking, in the words of the built profiles. */
function helpers(p) {
  const [shown, more] = foremost(p.helpers, NAMES);
  const alone = p.gaps.length === 1;
  const names = shown.map(([unit, n]) => el("span", {}, unitLink(unit), alone ? "" : ` ${n}`));
  return [alone ? "Den enda indikatorn utan ja-svar har "
    : `Av ${count(p.gaps.length, "indikator", "indikatorer")} utan ja-svar har `,
  ...(more ? [...names.flatMap((node, i) => [i ? ", " : "", node]), ` och ytterligare ${number(more)}`] : joined(names))];
}

/** The address of the comparison with one's own answers and those who have most of what is lacking. */
function compared(p, name) {
  const others = foremost(p.helpers, NAMES)[0].map(([unit]) => unit.id);
  const codes = answers().map((code) => code ?? "-").join("");
  return `jamfor/?enheter=${[OWN, ...others].join(",")}#${new URLSearchParams({ [OWN]: `${data.ar}.${codes}`, namn: name })}`;
}

/** Where one lies furthest above the nation, and where below: the words of publish/text.py. */
function finding(areas) {
  const known = areas.filter((area) => area.share !== null && area.nation !== null);
  const higher = known.filter((area) => rounded(area.share) > rounded(area.nation));
  const above = higher.reduce((most, area) =>
    most === null || area.share - area.nation > most.share - most.nation ? area : most, null);
  const below = known.filter((area) => rounded(area.share) < rounded(area.nation));
  return [
    above ? `Längst över riket ligger ${above.namn.toLowerCase()}: ${above.ja} av ${above.answered} ja-svar (${percent(above.share)}) mot ${percent(above.nation)} i riket.` : "",
    below.length ? `Inom ${list(below.map((area) => area.namn.toLowerCase()))} är andelen ja-svar lägre än i riket.`
      : known.length && higher.length === known.length ? "Andelen ja-svar är högre än i riket i alla kvalitetsområden." : "",
  ].filter(Boolean).join(" ");
}

/** How many of the units in the data have more Ja. */
const withMore = (above, units) => above === 0 ? `Ingen av ${units} enheter i underlaget`
  : above < units ? `${above} av ${units} enheter i underlaget`
  : units === 1 ? "Den enda enheten i underlaget" : `Alla ${units} enheter i underlaget`;

function sections(p, name, group) {
  const answered = p.total - p.missing;
  const units = data.enheter.length;
  const all = data.urval ? `De ${inWords(units)}` : "Alla enheter";
  const known = data.indikatorer.filter((row) => row.riket !== null).length;
  const unknown = known === data.indikatorer.length ? ""
    : `Rikets andelar saknas för ${known ? "en del av indikatorerna" : "den här utgåvan"}.`;
  const ordered = (first) => !known ? "i enkätens ordning" : unknown ? `${first} och de utan känd andel sist` : first;
  const average = p.missing ? null : nationCount(data.indikatorer);
  const heads = [
    { title: "Kvalitetsområde" }, { title: "Ja-svar" },
    { title: "Andel", number: true }, { title: "Riket", number: true }, { title: all, number: true },
    ...(p.peers.length ? [{ title: peersName(p), number: true }] : []),
  ];
  const [used, unused] = [true, false].map((any) => p.areas.filter((area) => (area.answered > 0) === any));
  const areas = used.map((area) => [
    area.namn, `${area.ja} av ${area.answered}`,
    percent(area.share), nationShare(area.nation), percent(area.others),
    ...(p.peers.length ? [percent(area.peers)] : []),
  ]);
  const strengths = p.strengths.slice(0, SHOWN).map((row) =>
    [link(`indikatorer/${row.id}/`, row.kort), nationShare(row.riket)]);
  const gaps = p.gaps.map((row) => [
    [link(`indikatorer/${row.id}/`, row.kort), el("span", { class: "oj-under" }, row.namn)],
    answer(row.svar), nationShare(row.riket), `${row.has.length} av ${units}`,
  ]);
  const nation = [{ title: "Fråga" }, { title: "Riket, andel ja", number: true }];
  return [
    el("h2", { id: "profil", tabindex: "-1" }, `3. Profil: ${ownName(name)}`),
    el("p", { class: "oj-ingress" }, answered === 1
      ? `${ownName(name || "Kommunen")} har besvarat en av ${p.total} indikatorer om stöd till våldsutsatta. Svaret är ${word(answers().find((code) => code !== null))}.`
      : `${ownName(name || "Kommunen")} svarar ja på ${p.ja} av ${answered} ${p.missing ? "besvarade " : ""}indikatorer om stöd till våldsutsatta.`,
      unknown && ` ${unknown}`,
      average === null ? "" : ` Genomsnittet i landet är cirka ${number(average)} av ${p.total}.`,
      !p.missing || p.nation === null ? "" : answered === 1 ? ` I landet svarar ${percent(p.nation)} ja på den frågan.`
        : ` På samma frågor är andelen ja-svar i landet i genomsnitt ${percent(p.nation)}.`,
      2 * answered < p.total ? "" : ` ${finding(used)}`),
    p.missing ? el("p", {}, `${count(p.missing, "fråga är", "frågor är")} utan svar. `,
      answered === 1 ? "" : `Alla jämförelser gäller de ${number(answered)} som är besvarade. `,
      2 * answered < p.total ? "Det är mindre än hälften av frågorna. Vänta med slutsatser tills fler är besvarade." : "") : null,
    el("p", {}, answered === 1 ? "" : `Av svaren är ${p.ja} Ja, ${p.partly} Delvis och ${p.no} Nej. Delvis räknas inte som ja. `,
      `${withMore(p.above, units)} har fler ja-svar${p.missing ? " på samma frågor" : ""}. `,
      data.urval ? "De valdes ut för att de har många ja-svar och står inte för landet." : ""),
    table("Andel ja-svar per kvalitetsområde", heads, areas),
    unused.length ? el("p", {}, `Inget svar än inom ${list(unused.map((area) => area.namn.toLowerCase()))}.`) : null,
    el("p", { class: "oj-kalla" }, p.missing ? "Varje område jämförs bara på de frågor som är besvarade. " : "",
      known ? "Riket: medelvärdet av indikatorernas avrundade andelar. " : "", `${all}: andelen ja bland alla deras svar. `,
      p.peers.length === 1 ? `${peersName(p)} är den enda enheten i kommuner med ${data.grupper[group]}.`
        : p.peers.length ? ["Samma grupp: ", count(p.peers.length, "annan enhet", "andra enheter"), p.peers.length > NAMES ? "" : ` (${p.peers.map(({ kort }) => kort).join(", ")})`, `, i kommuner med ${data.grupper[group]}.`]
        : group === null ? "" : "Ingen enhet i underlaget hör till samma befolkningsgrupp."),
    el("h3", { id: "egna-styrkor" }, "Det som finns på plats"),
    strengths.length
      ? [el("p", {}, p.ja === 1 ? "Ett ja-svar." : p.ja > SHOWN
          ? `Här är ${SHOWN} av ${p.ja} ja-svar, ${ordered("de som är ovanligast i landet först")}.`
          : `Ja-svaren, ${ordered("de som är ovanligast i landet först")}.`),
         table(known ? "Ja-svar som är ovanliga i landet" : "Ja-svar", nation, strengths, { hidden: true })]
      : el("p", {}, "Inget av svaren är Ja."),
    el("h3", { id: "egna-luckor" }, "Det som saknas"),
    gaps.length
      ? [el("p", {}, p.gaps.length === 1
          ? `${count(1, "indikator", "indikatorer")} där svaret är ${word(p.gaps[0].svar)}.`
          : `${count(p.gaps.length, "indikator", "indikatorer")} där svaret är Nej eller Delvis, ${ordered("de vanligaste i landet först")}.`),
         table("Indikatorer där svaret är Nej eller Delvis",
           [{ title: "Fråga" }, { title: "Svar" }, { title: "Riket, andel ja", number: true }, { title: "Har det", number: true }],
           gaps, { hidden: true })]
      : el("p", {}, "Inget av svaren är Nej eller Delvis."),
    p.helpers.length ? [
      el("h3", { id: "egna-vem-har" }, "Vem har det som saknas?"),
      el("p", {}, ...helpers(p), "."),
    ] : null,
    el("p", {}, "Många ja-svar är inte detsamma som hög kvalitet. Frågorna gäller om något finns eller görs, inte hur väl det fungerar för den som söker hjälp."),
    el("p", { class: "oj-kalla" }, `Källa för riket och underlaget: ${data.kalla}. Kommunens egna svar är ifyllda på den här sidan.`),
    el("p", { class: "oj-knappar" }, el("button", { type: "button", class: "oj-knapp", click: () => window.print() }, "Skriv ut"),
      el("a", { class: "oj-knapp oj-knapp--svag", href: page(compared(p, name)) }, "Jämför svaren med andras")),
    el("p", { class: "oj-kalla oj-ej-utskrift" }, "Jämförelsen får svaren i adressen, efter tecknet #. Den delen skickas aldrig till någon server."),
  ].flat(Infinity).filter(Boolean);
}
