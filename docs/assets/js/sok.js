// The box at the top of every page: to a municipality, an indicator, or the search page.
import { getJson } from "./dom.js";
import { combobox } from "./valjare.js";

for (const root of document.querySelectorAll("[data-oj-sok]")) {
  const { val, rot, sok } = root.dataset;
  const go = (address) => { location.href = new URL(address, new URL(rot || ".", location.href)); };
  combobox(root, {
    label: "Sök kommun, indikator eller ord",
    load: async () => (await getJson(val)).map(([text, address, note]) => ({ text, address, note })),
    choose: (option) => go(option.address),
    otherwise: (query) => { location.href = `${sok}?q=${encodeURIComponent(query)}`; },
    otherwiseText: (query) => `Sök ”${query}” på alla sidor`,
  });
}
