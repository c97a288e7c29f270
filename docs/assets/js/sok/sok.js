// The box in the header of every page, to a municipality, an indicator or the search page; and the
// larger one on the first page, to a municipality.
import { getJson, plain } from "../dom.js";
import { combobox, matching } from "../valjare.js";

const options = (address) => async () =>
  (await getJson(address)).map(([text, address, note]) => ({ text, address, note }));
const go = (root, address) => { location.href = new URL(address, new URL(root || ".", location.href)); };

for (const root of document.querySelectorAll("[data-oj-sok]")) {
  const { val, rot, sok } = root.dataset;
  combobox(root, {
    label: "Sök kommun, indikator eller ord",
    load: options(val),
    choose: (option) => go(rot, option.address),
    otherwise: (query) => { location.href = `${sok}?q=${encodeURIComponent(query)}`; },
    otherwiseText: (query) => `Sök ”${query}” på alla sidor`,
    value: document.getElementById("oj-soksida") ? plain(new URLSearchParams(location.search).get("q") ?? "") : "",
  });
}

for (const root of document.querySelectorAll("[data-oj-kommun]")) {
  const { val, rot } = root.dataset;
  const load = async () => (await options(val)()).filter(({ address }) => address.startsWith("kommuner/"));
  const box = combobox(root, { label: "Skriv din kommun", load, choose: (option) => go(rot, option.address) });
  root.closest("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [first] = matching(await load(), box.value);
    if (first) go(rot, first.address);
    else box.focus();
  });
}
