// Forms on the method pages: what is written can be saved as CSV, opened again and printed.
// Nothing is sent or stored. Without this the form can still be filled in and printed.
import { count, csvOf, save, table } from "../dom.js";

const HEADS = ["del", "fraga", "svar"];
const fields = (form) => [...form.querySelectorAll("[data-fraga]")];
const isFilled = (field) => field.type === "radio" ? field.checked : field.value.trim() !== "";
const say = (form, text, isError = false) => {
  const message = form.querySelector(".oj-meddelande");
  message.className = `oj-meddelande${isError ? " oj-meddelande--fel" : ""}`;
  message.textContent = text;
};

function rows(form) {
  return fields(form).filter(isFilled).map(({ dataset, value }) => [dataset.del, dataset.fraga, value]);
}

function saveForm(form) {
  const filled = rows(form);
  if (!filled.length) return say(form, "Fyll i något först.", true);
  save(form.dataset.ojFormular, [HEADS, ...filled]);
  say(form, `${count(filled.length, "rad", "rader")} sparade på din dator.`);
}

/** Fills the form from a saved file, or says which line does not fit and changes nothing. */
async function openFile(form, file) {
  const [heads, ...saved] = await csvOf(file);
  if (!heads || HEADS.some((name, i) => heads[i] !== name))
    return say(form, `Första raden ska vara ${HEADS.join(",")}, som i en fil som sparats här.`, true);
  const found = saved.map(([part, question, value]) => fields(form).find((field) =>
    field.dataset.del === part && field.dataset.fraga === question
    && (field.type !== "radio" || field.value === value)));
  const wrong = found.findIndex((field) => !field);
  if (wrong >= 0)
    return say(form, `Rad ${wrong + 2} hör inte till formuläret: ”${saved[wrong].join(", ")}”.`, true);
  for (const field of fields(form)) {
    if (field.type === "radio") field.checked = false;
    else field.value = "";
  }
  found.forEach((field, i) => {
    if (field.type === "radio") field.checked = true;
    else field.value = saved[i][2];
  });
  sums(form);
  say(form, `${count(found.length, "rad", "rader")} inlästa.`);
}

/** Counts the answers of a self-assessment per theme. */
function sums(form) {
  const place = form.querySelector("#oj-skattning-summa");
  if (!place) return;
  const answers = form.dataset.svar.split("|");
  const themes = [...form.querySelectorAll("[data-tema]")].map((section) => {
    const chosen = [...section.querySelectorAll("input:checked")].map((input) => input.value);
    const asked = section.querySelectorAll("fieldset").length;
    return { name: section.dataset.tema, chosen, asked };
  });
  if (!themes.some(({ chosen }) => chosen.length)) return place.replaceChildren();
  place.replaceChildren(table("Era svar per tema",
    [{ title: "Tema" }, ...answers.map((title) => ({ title, number: true })),
     { title: "Inget svar", number: true }],
    themes.map(({ name, chosen, asked }) => [name,
      ...answers.map((word) => String(chosen.filter((value) => value === word).length)),
      String(asked - chosen.length)])));
}

document.querySelectorAll("[data-oj-formular]").forEach((form) => {
  form.addEventListener("submit", (event) => { event.preventDefault(); saveForm(form); });
  form.addEventListener("reset", () => setTimeout(() => { sums(form); say(form, ""); }));
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-oj-oppna]")) {
      const [file] = event.target.files;
      event.target.value = ""; // so that the same file can be opened again
      if (file) openFile(form, file);
    } else if (event.target.type === "radio") sums(form);
    // Not when a text field is left: a table made anew may move the button that is being pressed.
  });
});
