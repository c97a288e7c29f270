// Ten questions on the page of a municipality without answers: a first result, and the way on to all of
// them. Nothing is sent or stored; the answers go along in the part of the address that no server sees.
import { OWN, el, number, ownName } from "../dom.js";

const form = document.getElementById("oj-tio");
const result = document.getElementById("oj-tio-svar");
const onward = form.querySelector("[data-oj-fortsatt]");
const rows = [...form.querySelectorAll("tr[data-plats]")];
const name = form.dataset.namn;
const answerOf = (row) => row.querySelector("input:checked")?.value ?? null;
const titleOf = (row) => row.querySelector("th a").textContent;

/** Sums one decimal, as the nation's mean is a sum of rounded shares. */
const oneDecimal = (value) => (Math.round(value * 10) / 10).toFixed(1).replace(".", ",");

function show() {
  const given = rows.filter((row) => answerOf(row) !== null);
  const codes = Array(Number(form.dataset.antal)).fill("-");
  for (const row of given) codes[row.dataset.plats - 1] = answerOf(row);
  onward.href = given.length
    ? `${form.dataset.alla}#${new URLSearchParams({ [OWN]: `${form.dataset.ar}.${codes.join("")}` })}` : form.dataset.alla;
  onward.textContent = given.length ? `Fortsätt med alla ${form.dataset.antal} frågor` : `Fyll i svaren för ${name}`;
  if (given.length < rows.length) {
    result.textContent = `${given.length} av ${rows.length} frågor är besvarade.`;
    return;
  }
  const yes = rows.filter((row) => answerOf(row) === "2").length;
  // The names hold commas.
  const named = (code) => rows.filter((row) => answerOf(row) === code).map(titleOf).join("; ");
  const lacking = named("0"), partly = named("1");
  const known = rows.every((row) => row.dataset.riket !== undefined);
  const nation = rows.reduce((sum, row) => sum + Number(row.dataset.riket), 0) / 100;
  result.replaceChildren(
    el("p", {}, el("strong", {}, `${ownName(name)} svarar ja på ${number(yes)} av ${rows.length}.`),
      known ? ` I landet är genomsnittet cirka ${oneDecimal(nation)} på samma frågor.` : ""),
    el("p", {}, lacking ? `Saknas: ${lacking}. ` : "Inget av det vanligaste saknas. ", partly ? `Delvis: ${partly}. ` : "",
      "Det är ett första svar: de ovanligare frågorna återstår."));
}

form.addEventListener("change", show);
