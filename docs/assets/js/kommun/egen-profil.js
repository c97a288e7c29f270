// The profile of one's own answers, in the words of the built ones.
import { foremost, nationCount, profile } from "../berakna.js";
import { SPINES, framed, rowed, spine, squared } from "../diagram.js";
import { OWN, answer, count, el, inWords, list, nationShare, number, ownFirst, ownName, percent, rounded, table, word } from "../dom.js";
import { packed } from "./egna-svar.js";

const form = document.getElementById("oj-egen");
const SHOWN = Number(form.dataset.styrkor), NAMES = Number(form.dataset.namn);
let data;

const page = (address) => new URL(address, new URL(form.dataset.rot, location.href)).href;
const link = (address, text) => el("a", { href: page(address) }, text);
const unitLink = (unit) => link(`kommuner/${unit.id}/`, unit.kort);
const peersName = ({ peers }) => peers.length === 1 ? peers[0].kort : "Samma grupp";
const joined = (nodes) => nodes.flatMap((node, i) =>
  i === 0 ? [node] : [i === nodes.length - 1 ? " och " : ", ", node]);

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
const compared = (p, own) => `jamfor/?enheter=${[OWN, ...foremost(p.helpers, NAMES)[0].map(([unit]) => unit.id)].join(",")}#${packed(data, own)}`;

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

/** The squares and the spine of the areas with answers, as on a built profile. */
function pictures(p, codes, table, group, own) {
  const used = p.areas.filter((area) => area.answered), asked = p.total - p.missing;
  const above = used.filter((area) => area.nation !== null && rounded(area.share) > rounded(area.nation)).length;
  const file = { place: form, table, source: `Källa för riket och underlaget: ${data.kalla}. De egna svaren är inte publicerade och inte granskade.` };
  const mark = (code) => [code, word(code)];
  return [framed({
    ...file, name: "egna-svar-rutor", title: `${own} svarar ja på ${p.ja} av ${asked} ${asked === 1 ? "fråga" : "frågor"}`,
    signs: [2, 1, 0, null].filter((code) => codes.includes(code)).map(mark),
    said: `En ruta för varje fråga. Blocken från vänster: ${list(p.areas.map((area) => area.namn))}.`,
    draw: squared([{ name: "Egna svar", number: `${p.ja} av ${asked}`, areas: p.areas.map((area) =>
      data.indikatorer.flatMap((row, i) => (row.kvalitet === area.id ? [[codes[i], `${row.namn}: ${word(codes[i])}`]] : []))) }]),
  }), framed({
    ...file, name: "egna-svar-omraden",
    title: used.some((area) => area.nation !== null) ? `${own} ligger över riket i ${above} av ${used.length} kvalitetsområden` : `${own}: andel ja-svar per kvalitetsområde`,
    signs: [["egen", "egna svar"], ...(used.some((area) => area.nation !== null) ? [["riket", "riket"]] : []), ["band", `${group}, lägst till högst`]],
    said: "Andel ja av svaren i varje område, på de frågor som är besvarade.",
    draw: rowed({ ...SPINES, rows: used.map((area) =>
      ({ name: area.namn, number: percent(area.share), draw: spine(area.share, area.nation, ...area.range) })) }),
  })];
}

/** How many of the units in the data have more Ja. */
const withMore = (above, units) => above === 0 ? `Ingen av ${units} enheter i underlaget`
  : above < units ? `${above} av ${units} enheter i underlaget`
  : units === 1 ? "Den enda enheten i underlaget" : `Alla ${units} enheter i underlaget`;

/** The profile of `own` answers (codes, name, population group) as parts of a page. */
export function sections(facts, own) {
  data = facts;
  const { codes, name } = own, group = own.group === "" ? null : Number(own.group);
  const p = profile(data, codes, { group, self: name });
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
  const perArea = table("Andel ja-svar per kvalitetsområde", heads, areas);
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
      ? `${ownName(name || "Kommunen")} har besvarat en av ${p.total} indikatorer om stöd till våldsutsatta. Svaret är ${word(codes.find((code) => code !== null))}.`
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
    pictures(p, codes, perArea, data.urval ? `de ${inWords(units)}` : "alla enheter", ownFirst(name || "kommunen")),
    perArea,
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
      el("a", { class: "oj-knapp oj-knapp--svag", href: page(compared(p, own)) }, "Jämför svaren med andras")),
    el("p", { class: "oj-kalla oj-ej-utskrift" }, "Jämförelsen får svaren i adressen, efter tecknet #. Den delen skickas aldrig till någon server."),
  ].flat(Infinity).filter(Boolean);
}
